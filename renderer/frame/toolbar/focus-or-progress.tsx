import ChevronDown from 'lucide-react/icons/chevron-down';
import { MenuTrigger } from 'react-aria-components/Menu';
import { FOCUSES, Focus } from '../../../shared/app-state.ts';
import { STEP_WORDS } from '../../../shared/words.ts';
import { call } from '../../api.ts';
import { usePhrases, useText } from '../../lang.ts';
import { tell, useStore } from '../../store.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { useFrame } from '../frame-store.ts';
import { FRAME_PHRASES } from '../phrases.ts';
import { progressOf } from '../progress.ts';
import { SIDEBAR_PHRASES } from '../sidebar/phrases.ts';
import { useChosen } from '../use-chosen.ts';
import css from './toolbar.module.css';

/** What hurts; while a run goes on, how far it is: both have the same place. */
export function FocusOrProgress() {
  const { live } = useChosen();
  return live ? <ProgressNote run={live.id} /> : <FocusMenu />;
}

function FocusMenu() {
  const phrases = usePhrases(FRAME_PHRASES);
  const { machine, run } = useChosen();
  const focus = machine?.focus ?? run?.focus ?? 'everything';
  const choose = (key: unknown) => {
    const chosen = Focus.safeParse(key);
    if (machine && chosen.success) void tell(call('setFocus', { machine: machine.id, focus: chosen.data }));
  };
  return (
    <MenuTrigger>
      <Button
        className={css.focus}
        isDisabled={!machine}
        aria-label={`${phrases.focusLabel}: ${phrases.focus[focus]}`}
      >
        <span>{phrases.focus[focus]}</span>
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Menu
        aria-label={phrases.focusLabel}
        placement="bottom end"
        selectionMode="single"
        selectedKeys={[focus]}
        disallowEmptySelection
        onAction={choose}
      >
        {FOCUSES.map((one) => (
          <MenuItem id={one} key={one}>
            {phrases.focus[one]}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}

function ProgressNote({ run }: { run: string }) {
  const phrases = usePhrases(FRAME_PHRASES);
  const { runStates } = usePhrases(SIDEBAR_PHRASES);
  const text = useText();
  const isWatched = useStore(({ watched }) => watched?.id === run);
  const stopping = useFrame((frame) => frame.stopping.includes(run));
  // as text: events come by the thousand, steps by the dozen
  const told = useStore(({ watched }) => {
    if (watched?.id !== run) return '';
    const { step, over, of } = progressOf(watched.run);
    return `${step} ${over} ${of}`;
  });
  const [step, over, of] = told.split(' ');
  const doing = stopping
    ? phrases.stopping
    : step
      ? text(STEP_WORDS[step as keyof typeof STEP_WORDS])
      : isWatched
        ? phrases.starting
        : runStates.running;
  const done = Number(over ?? 0);
  const all = Number(of ?? 1);
  return (
    <div className={css.progress}>
      <div className={css.doing}>
        <span>{doing}</span>
        {isWatched && <span className="num">{`${Math.min(all, done + 1)}/${all}`}</span>}
      </div>
      <div
        role="progressbar"
        aria-label={phrases.progress}
        aria-valuemin={0}
        aria-valuemax={all}
        {...(isWatched && { 'aria-valuenow': done })}
        aria-valuetext={`${doing} ${isWatched ? phrases.stepOf(done, all) : ''}`}
        className={css.bar}
      >
        <div style={{ width: `${(100 * done) / all}%` }} />
      </div>
    </div>
  );
}
