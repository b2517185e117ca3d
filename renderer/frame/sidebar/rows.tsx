import Circle from 'lucide-react/icons/circle';
import CircleCheck from 'lucide-react/icons/circle-check';
import CirclePause from 'lucide-react/icons/circle-pause';
import CirclePlay from 'lucide-react/icons/circle-play';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import CircleSlash from 'lucide-react/icons/circle-slash';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import OctagonX from 'lucide-react/icons/octagon-x';
import Server from 'lucide-react/icons/server';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import Unplug from 'lucide-react/icons/unplug';
import type { ReactNode } from 'react';
import { ListBoxItem } from 'react-aria-components/ListBox';
import type { MachineItem, RunItem } from '../../../shared/app-state.ts';
import { useLang } from '../../lang.ts';
import { cx } from '../../ui/cx.ts';
import { age, moment } from '../ages.ts';
import { machineName, machineSays, runMachineName, runSays } from '../names.ts';
import css from './sidebar.module.css';

type Tone = 'ok' | 'bad' | 'warn' | 'dim';

/** A machine: what it is called, how it is, how it can be reached. */
export function MachineRow({ machine }: { machine: MachineItem }) {
  const lang = useLang();
  const [Icon, tone] = machineIcon(machine);
  const name = machineName(machine, lang);
  return (
    <Row id={`machine:${machine.id}`} name={name} says={machineSays(machine, lang)} tone={tone}>
      <Icon size={15} aria-hidden />
    </Row>
  );
}

/** A run: what it found, and when. */
export function RunRow({ run, now }: { run: RunItem; now: number }) {
  const lang = useLang();
  const [Icon, tone] = runIcon(run);
  const spins = run.state === 'running';
  return (
    <Row
      id={`run:${run.id}`}
      name={runMachineName(run, lang)}
      says={runSays(run, lang)}
      tone={tone}
      aside={
        <time dateTime={run.at} title={moment(run.at, lang)}>
          {age(run.at, now, lang)}
        </time>
      }
    >
      <Icon size={15} className={cx(spins && css.spins)} aria-hidden />
    </Row>
  );
}

interface RowProps {
  id: string;
  name: string;
  says: string;
  tone: Tone;
  aside?: ReactNode;
  children: ReactNode;
}

function Row({ id, name, says, tone, aside, children }: RowProps) {
  return (
    <ListBoxItem id={id} textValue={name} className={cx(css.row)} data-row={id}>
      <span className={cx(css.icon, css[tone])}>{children}</span>
      <bdi className={css.name} title={name}>
        {name}
      </bdi>
      {aside !== undefined && <span className={css.aside}>{aside}</span>}
      {says !== '' && (
        <small className={css.says} title={says}>
          {says}
        </small>
      )}
    </ListBoxItem>
  );
}

function machineIcon({ kind, state, reach, notes = [] }: MachineItem): [typeof Circle, Tone] {
  if (kind === 'sample') return [CirclePlay, 'dim'];
  if (kind === 'ssh') return [Server, 'dim'];
  if (reach.ok) return notes.every(({ aside }) => aside) ? [CirclePlay, 'ok'] : [TriangleAlert, 'warn'];
  if (state === 'running') return [Unplug, 'warn'];
  if (state === 'paused' || state === 'saved') return [CirclePause, 'dim'];
  if (reach.trouble.code === 'vm-not-running') return [Circle, 'dim'];
  return [TriangleAlert, 'warn'];
}

function runIcon({ state, verdict }: RunItem): [typeof Circle, Tone] {
  if (state === 'running') return [LoaderCircle, 'dim'];
  if (state === 'failed' || state === 'unreadable') return [TriangleAlert, 'warn'];
  if (verdict === 'problem') return [OctagonX, 'bad'];
  if (verdict === 'healthy' || verdict === 'fixed') return [CircleCheck, 'ok'];
  if (verdict === 'cannot-tell') return [CircleHelp, 'warn'];
  return [CircleSlash, 'dim'];
}
