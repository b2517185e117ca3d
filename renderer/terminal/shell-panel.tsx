import LoaderCircle from 'lucide-react/icons/loader-circle';
import SquareTerminal from 'lucide-react/icons/square-terminal';
import { type ReactNode, useEffect } from 'react';
import type { MachineItem } from '../../shared/app-state.ts';
import { COMMANDS } from '../../shared/commands.ts';
import { visibleLine } from '../../shared/visible.ts';
import { cut } from '../../shared/width.ts';
import { onCommand } from '../command-bus.ts';
import { runCommand } from '../frame/commands/run-command.ts';
import { openOverlay } from '../frame/frame-store.ts';
import { MACHINE_PHRASES } from '../frame/machine-phrases.ts';
import { Barred } from '../frame/machine-state.tsx';
import { machineName } from '../frame/names.ts';
import { useApp, useChosen } from '../frame/use-chosen.ts';
import { useLang, usePhrases } from '../lang.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { keysText } from '../ui/keys.ts';
import { TroubleNote } from '../ui/trouble-note.tsx';
import { usePane } from './pane-state.ts';
import { TERMINAL_PHRASES } from './phrases.ts';
import css from './shell.module.css';
import { ShellScreen } from './shell-screen.tsx';
import { HERE, type Place } from './shells.ts';
import { useLook } from './use-look.ts';
import { useShell } from './use-shells.ts';
import { useTyping } from './use-typing.ts';
import { openShell } from './window-shells.ts';

/** Columns of a signal's name that are shown. */
const MOST_SIGNAL = 30;
const icon = <SquareTerminal size={26} aria-hidden />;

/** The shell on the chosen machine, or why there is none. */
export function GuestShell() {
  const say = usePhrases(TERMINAL_PHRASES);
  const lang = useLang();
  const { machine, run } = useChosen();
  const place = machine?.kind === 'sample' ? undefined : machine?.id;
  const shell = useShell(place ?? '');
  useTyping(place);
  if (machine === undefined) {
    return (
      <EmptyState icon={icon} title={run === undefined ? say.chooseTitle : say.goneTitle}>
        <p>{run === undefined ? say.choose : say.gone}</p>
      </EmptyState>
    );
  }
  if (place === undefined) {
    return (
      <EmptyState
        icon={icon}
        title={say.sampleTitle}
        actions={<Button onPress={() => runCommand('add-host')}>{COMMANDS['add-host'].title[lang]}</Button>}
      >
        <p>{say.sample}</p>
      </EmptyState>
    );
  }
  if (!machine.reach.ok && shell === undefined)
    return <Barred machine={machine} name={machineName(machine, lang)} />;
  return <Guest key={place} machine={machine} />;
}

function Guest({ machine }: { machine: MachineItem }) {
  const say = usePhrases(TERMINAL_PHRASES);
  const { login } = usePhrases(MACHINE_PHRASES);
  const name = machineName(machine, useLang());
  const logIn = <Button onPress={() => openOverlay({ kind: 'login', machine: machine.id })}>{login}</Button>;
  return (
    <AnyShell
      place={machine.id}
      where={name}
      opening={say.connecting(machine.reach.ok ? visibleLine(machine.reach.at) : name)}
      tab="guest"
      more={logIn}
      none={(open) => (
        <EmptyState
          icon={icon}
          title={say.noneTitle(name)}
          actions={
            <>
              {logIn}
              {open}
            </>
          }
        >
          <p>{say.none}</p>
        </EmptyState>
      )}
    />
  );
}

/** The shell on this computer. */
export function LocalShell() {
  const say = usePhrases(TERMINAL_PHRASES);
  return (
    <AnyShell
      place={HERE}
      where={say.hereInFull}
      opening={say.starting}
      tab="here"
      none={(open) => <EmptyState icon={icon} title={say.hereInFull} actions={open} />}
    />
  );
}

interface AnyShellProps {
  place: Place;
  where: string;
  opening: string;
  tab: 'guest' | 'here';
  /** What else can be done when it did not open. */
  more?: ReactNode;
  /** What is shown while there is none, with the button that opens one. */
  none(open: ReactNode): ReactNode;
}

function AnyShell({ place, where, opening, tab, more, none }: AnyShellProps) {
  const say = usePhrases(TERMINAL_PHRASES);
  const { platform } = useApp();
  const look = useLook();
  const shell = useShell(place);
  const open = () => {
    usePane.setState({ focus: tab });
    void openShell(place, look);
  };
  useOpensWhenWanted(tab, shell === undefined, open);
  useFocus(tab, shell?.screen);
  useEffect(
    () =>
      onCommand('clear-terminal', () => {
        if (shell === undefined) return false;
        shell.screen.clear();
        return true;
      }),
    [shell],
  );
  if (shell === undefined) {
    return none(
      <Button look="primary" onPress={open}>
        {say.open}
      </Button>,
    );
  }
  const again = (text: string) => (
    <Button look="primary" onPress={open}>
      {text}
    </Button>
  );
  if (shell.state === 'failed') {
    return (
      <div className={css.trouble}>
        <TroubleNote
          trouble={shell.trouble}
          actions={
            <>
              {more}
              {again(say.tryAgain)}
            </>
          }
        />
      </div>
    );
  }
  return (
    <div className={css.shell}>
      <ShellScreen
        place={place}
        screen={shell.screen}
        look={look}
        label={say.shellLabel(where, keysText(COMMANDS['focus-6'].accelerator, platform))}
      />
      {shell.state === 'opening' && (
        <p className={css.opening} role="status">
          <LoaderCircle size={16} aria-hidden className={css.spins} />
          {opening}
        </p>
      )}
      {shell.state === 'ended' &&
        ('trouble' in shell.end ? (
          <div className={css.endedBadly}>
            <TroubleNote trouble={shell.end.trouble} actions={again(say.openNew)} />
          </div>
        ) : (
          <div className={css.ended} role="status">
            <p>
              {'code' in shell.end ? say.ended(shell.end.code) : say.endedBy(signalText(shell.end.signal))}
            </p>
            <Button size="small" onPress={open}>
              {say.openNew}
            </Button>
          </div>
        ))}
    </div>
  );
}

/** A signal's name as the machine has it, made safe to show. */
const signalText = (signal: string) => cut(visibleLine(signal), MOST_SIGNAL);

/** A tab that was just asked for opens its shell by itself. One that is merely on screen does not: logging in may ask. */
function useOpensWhenWanted(tab: 'guest' | 'here', none: boolean, open: () => void): void {
  const wanted = usePane((pane) => pane.wanted) === tab;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was asked for opens anything
  useEffect(() => {
    if (!wanted) return;
    usePane.setState({ wanted: undefined });
    if (none) open();
  }, [wanted]);
}

/** Brings the keyboard to the screen when it is asked for. */
function useFocus(tab: 'guest' | 'here', screen: { focus(): void } | undefined): void {
  const focus = usePane((pane) => pane.focus) === tab;
  useEffect(() => {
    if (screen === undefined || !focus) return;
    usePane.setState({ focus: undefined });
    screen.focus();
  }, [screen, focus]);
}
