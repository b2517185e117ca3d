import type { AppState, MachineItem, RunItem } from '../../../shared/app-state.ts';
import { newestFirst } from '../chosen.ts';
import { holdsWords } from '../words.ts';

/** What the sidebar lists, in its order. */
export interface Groups {
  virtualbox: MachineItem[];
  ssh: MachineItem[];
  runs: RunItem[];
  /** Runs that match but are not listed. */
  moreRuns: number;
  sample: MachineItem[];
}

/** Nobody reads more; the filter finds the others. */
const MOST_RUNS = 100;

interface Wording {
  /** What a machine is called: the sample has no name of its own. */
  nameOf(machine: MachineItem): string;
  /** What a run's row says. */
  saysOf(run: RunItem): string;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Sorts the machines into groups (those that run first, then by name) and keeps what matches every word typed. */
export function groupsOf(
  { machines, runs }: Pick<AppState, 'machines' | 'runs'>,
  typed: string,
  { nameOf, saysOf }: Wording,
): Groups {
  const matches = (...texts: string[]) => holdsWords(texts.join('\n'), typed);
  const shown = machines
    .filter((machine) => matches(nameOf(machine), machine.reach.ok ? machine.reach.at : '', machine.state))
    .toSorted((a, b) => rank(a) - rank(b) || collator.compare(a.name, b.name));
  const of = (kind: MachineItem['kind']) => shown.filter((machine) => machine.kind === kind);
  const found = newestFirst(runs).filter((run) => matches(run.machineName, saysOf(run)));
  return {
    virtualbox: of('virtualbox'),
    ssh: of('ssh'),
    sample: of('sample'),
    runs: found.slice(0, MOST_RUNS),
    moreRuns: Math.max(0, found.length - MOST_RUNS),
  };
}

function rank({ state }: MachineItem): number {
  return state === 'running' ? 0 : 1;
}
