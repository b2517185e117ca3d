import type { AppState, MachineItem, RunItem } from '../../shared/app-state.ts';
import type { Selection } from '../store.ts';

/** What the selection stands for: a machine, the run that is shown, and the machine's run that goes on. */
export interface Chosen {
  machine: MachineItem | undefined;
  run: RunItem | undefined;
  live: RunItem | undefined;
}

type Lists = Pick<AppState, 'machines' | 'runs'>;

/** Runs, newest first. */
export function newestFirst(runs: readonly RunItem[]): RunItem[] {
  return runs.toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

export function newestRun({ runs }: Pick<AppState, 'runs'>, machine: string): RunItem | undefined {
  return newestFirst(runs).find((run) => run.machine === machine);
}

export function chosenOf(app: Lists, selection: Selection): Chosen {
  const picked = app.runs.find(({ id }) => id === selection.run);
  const id = selection.machine ?? picked?.machine;
  const machine = app.machines.find((one) => one.id === id);
  return {
    machine,
    run: picked ?? (selection.machine === undefined ? undefined : newestRun(app, selection.machine)),
    live: app.runs.find((run) => run.machine === id && run.state === 'running'),
  };
}

/** Is what was selected still there? */
export function isThere(app: Lists, { machine, run }: Selection): boolean {
  if (run !== undefined) return app.runs.some(({ id }) => id === run);
  return machine !== undefined && app.machines.some(({ id }) => id === machine);
}

/**
 * What to show when nothing is selected: the first running machine that can be reached, the newest run, any machine that is
 * the person's own; nothing when there is none of these.
 */
export function firstSelection(app: Lists): Selection {
  const own = app.machines.filter(({ kind }) => kind !== 'sample');
  const running = own.filter(({ state }) => state === 'running');
  const machine = running.find(({ reach }) => reach.ok) ?? running[0];
  if (machine) return { machine: machine.id };
  const [run] = newestFirst(app.runs);
  if (run) return isThere(app, { machine: run.machine }) ? { machine: run.machine } : { run: run.id };
  return own[0] ? { machine: own[0].id } : {};
}
