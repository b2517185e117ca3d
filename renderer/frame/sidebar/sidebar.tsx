import PanelLeft from 'lucide-react/icons/panel-left';
import Plus from 'lucide-react/icons/plus';
import { type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Header } from 'react-aria-components/Header';
import { ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { COMMANDS } from '../../../shared/commands.ts';
import { onCommand } from '../../command-bus.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { useStore } from '../../store.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { keysText } from '../../ui/keys.ts';
import { selectMachine, selectRun } from '../actions.ts';
import { runCommand } from '../commands/run-command.ts';
import { useFrame } from '../frame-store.ts';
import { machineName, runSays } from '../names.ts';
import { FRAME_PHRASES } from '../phrases.ts';
import { useApp } from '../use-chosen.ts';
import { useNow } from '../use-now.ts';
import { Filter } from './filter.tsx';
import { groupsOf } from './groups.ts';
import { SIDEBAR_PHRASES } from './phrases.ts';
import { MachineRow, RunRow } from './rows.tsx';
import css from './sidebar.module.css';
import { type Target, TargetMenu } from './target-menu.tsx';

/** Ages are told to the minute. */
const TICK_MS = 20_000;

/** Machines and runs to choose from. */
export function Sidebar() {
  const frame = usePhrases(FRAME_PHRASES);
  const phrases = usePhrases(SIDEBAR_PHRASES);
  const { platform } = useApp();
  return (
    <nav className={css.sidebar} aria-label={frame.sidebar} id="sidebar">
      <div className={css.top}>
        <IconButton
          label={phrases.addHost}
          shortcut={keysText(COMMANDS['add-host'].accelerator, platform)}
          onPress={() => runCommand('add-host')}
        >
          <Plus size={17} aria-hidden />
        </IconButton>
        <IconButton
          label={frame.hideSidebar}
          shortcut={keysText(COMMANDS['toggle-sidebar'].accelerator, platform)}
          onPress={() => runCommand('toggle-sidebar')}
        >
          <PanelLeft size={17} aria-hidden />
        </IconButton>
      </div>
      <Lists />
    </nav>
  );
}

function Lists() {
  const phrases = usePhrases(SIDEBAR_PHRASES);
  const frame = usePhrases(FRAME_PHRASES);
  const lang = useLang();
  const { machines, runs, virtualbox } = useApp();
  const selection = useStore((store) => store.selection);
  const now = useNow(TICK_MS);
  const [typed, setTyped] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => {
    const nameOf = (machine: (typeof machines)[number]) => machineName(machine, lang);
    return groupsOf({ machines, runs }, typed, { nameOf, saysOf: (run) => runSays(run, lang) });
  }, [machines, runs, typed, lang]);
  useFocusCommands(list);

  const selected =
    selection.run === undefined ? `machine:${selection.machine ?? ''}` : `run:${selection.run}`;
  const choose = (key: unknown) => {
    const [, kind, id] = /^(machine|run):(.+)$/.exec(String(key)) ?? [];
    if (id === undefined) return;
    if (kind === 'run') selectRun(id);
    else selectMachine(id);
    useFrame.setState({ sideOver: false });
  };
  const isEmpty = [groups.virtualbox, groups.ssh, groups.runs, groups.sample].every(
    ({ length }) => length === 0,
  );
  const note =
    virtualbox.state === 'looking'
      ? phrases.looking
      : virtualbox.state === 'trouble'
        ? virtualbox.trouble.code === 'vboxmanage-missing'
          ? phrases.noVirtualBox
          : phrases.vboxTrouble
        : phrases.noVms;
  return (
    <>
      <Filter value={typed} onChange={setTyped} toList={() => void focusFirst(list.current)} />
      <ContextMenu machines={machines} runs={runs}>
        {isEmpty && <p className={css.none}>{phrases.noMatch}</p>}
        <ListBox
          ref={list}
          className={cx(css.list)}
          aria-label={frame.sidebar}
          selectionMode="single"
          selectionBehavior="replace"
          disallowEmptySelection
          selectedKeys={[selected]}
          onSelectionChange={(keys) => {
            if (keys !== 'all') for (const key of keys) choose(key);
          }}
          onAction={(key) => {
            // a row that was led to by a command has the keyboard, but is not chosen yet
            choose(key);
            document.getElementById('middle')?.focus();
          }}
        >
          {(groups.virtualbox.length > 0 || typed === '') && (
            <ListBoxSection id="virtualbox" className={cx(css.section)}>
              <Header className={cx(css.header)}>{phrases.virtualbox}</Header>
              {groups.virtualbox.length > 0 ? (
                groups.virtualbox.map((machine) => <MachineRow key={machine.id} machine={machine} />)
              ) : (
                <ListBoxItem id="note" isDisabled textValue={note} className={cx(css.note)}>
                  {note}
                </ListBoxItem>
              )}
            </ListBoxSection>
          )}
          {groups.ssh.length > 0 && (
            <ListBoxSection id="ssh" className={cx(css.section)}>
              <Header className={cx(css.header)}>{phrases.ssh}</Header>
              {groups.ssh.map((machine) => (
                <MachineRow key={machine.id} machine={machine} />
              ))}
            </ListBoxSection>
          )}
          {groups.runs.length > 0 && (
            <ListBoxSection id="runs" className={cx(css.section)}>
              <Header className={cx(css.header)}>{phrases.runs}</Header>
              {groups.runs.map((run) => (
                <RunRow key={run.id} run={run} now={now} />
              ))}
              {groups.moreRuns > 0 && (
                <ListBoxItem id="more" isDisabled className={cx(css.note)}>
                  {phrases.moreRuns(groups.moreRuns)}
                </ListBoxItem>
              )}
            </ListBoxSection>
          )}
          {groups.sample.length > 0 && (
            <ListBoxSection id="try" className={cx(css.section)}>
              <Header className={cx(css.header)}>{phrases.tryIt}</Header>
              {groups.sample.map((machine) => (
                <MachineRow key={machine.id} machine={machine} />
              ))}
            </ListBoxSection>
          )}
        </ListBox>
      </ContextMenu>
    </>
  );
}

/** Gives the chosen row, or the first, the keyboard. */
function focusFirst(list: HTMLDivElement | null, kind?: 'machine' | 'run'): boolean {
  const wanted = kind === undefined ? '[data-row]' : `[data-row^="${kind}:"]`;
  const rows = [...(list?.querySelectorAll<HTMLElement>(wanted) ?? [])];
  const row = rows.find(({ ariaSelected }) => ariaSelected === 'true') ?? rows[0];
  row?.focus();
  return row !== undefined;
}

/** Into the filter, when the keyboard is in the sidebar. */
function focusFilter(list: HTMLDivElement | null): boolean {
  const sidebar = list?.closest('nav');
  if (!sidebar?.contains(document.activeElement)) return false;
  sidebar.querySelector('input')?.focus();
  return true;
}

/** ⌘1 goes to the machines, ⌘9 to the runs, ⌘F into the filter. */
function useFocusCommands(list: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    // a list that has only just been shown has its rows a moment later
    const focusSoon = (kind: 'machine' | 'run') => {
      if (!focusFirst(list.current, kind)) requestAnimationFrame(() => focusFirst(list.current, kind));
      return true;
    };
    const stops = [
      onCommand('focus-1', () => focusSoon('machine')),
      onCommand('focus-9', () => focusSoon('run')),
      onCommand('find', () => focusFilter(list.current)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [list]);
}

type Lists = Pick<ReturnType<typeof useApp>, 'machines' | 'runs'>;

/** A click with the other button on a row opens its menu there. */
function ContextMenu({ machines, runs, children }: Lists & { children: React.ReactNode }) {
  const [target, setTarget] = useState<Target & { x: number; y: number }>();
  const anchor = useRef<HTMLSpanElement>(null);
  const open = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    const key = row?.getAttribute('data-row') ?? '';
    const machine = machines.find(({ id }) => key === `machine:${id}`);
    const run = runs.find(({ id }) => key === `run:${id}`);
    if (row === null || (!machine && !run)) return;
    event.preventDefault();
    const box = row.getBoundingClientRect();
    // a keyboard's menu key comes with no place
    const at = event.clientX === 0 && event.clientY === 0 ? { x: box.left + 24, y: box.bottom } : undefined;
    setTarget({ machine, run, ...(at ?? { x: event.clientX, y: event.clientY }) });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows are the widgets; this only hears their context menus
    <div className={css.scroll} onContextMenu={open}>
      {children}
      <span ref={anchor} className={css.anchor} style={{ left: target?.x ?? 0, top: target?.y ?? 0 }} />
      {target && (
        <TargetMenu
          machine={target.machine}
          run={target.run}
          triggerRef={anchor}
          isOpen
          onOpenChange={(isOpen) => {
            if (!isOpen) setTarget(undefined);
          }}
        />
      )}
    </div>
  );
}
