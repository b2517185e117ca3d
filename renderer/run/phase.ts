import type { RunItem } from '../../shared/app-state.ts';
import type { Run } from '../../shared/run.ts';

/** Where a run is. `loading`: it is over or under way, and its events are only just coming. */
export type Phase =
  | 'loading'
  | 'connecting'
  | 'under-way'
  | 'done'
  | 'cancelled'
  | 'failed'
  | 'broken-off'
  | 'unreadable';

/** Where a run is, by its events and by what the list of runs says of it. */
export function phaseOf(run: Run, caughtUp: boolean, listed: RunItem['state'] | undefined): Phase {
  if (run.ended !== undefined) return run.ended.how;
  if (!caughtUp) return 'loading';
  if (listed === 'broken-off' || listed === 'unreadable') return listed;
  const connected = run.steps.some(({ id, ms }) => id === 'connect' && ms !== undefined);
  return connected || run.commands.length > 0 ? 'under-way' : 'connecting';
}

/** Is it still going on? */
export function isLive(phase: Phase): boolean {
  return phase === 'connecting' || phase === 'under-way';
}
