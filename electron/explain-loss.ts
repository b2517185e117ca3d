import { Trouble } from '../shared/trouble.ts';
import type { SleepWatch } from './sleep-watch.ts';

/** How long after this computer woke up a lost connection is put down to its sleep, in milliseconds. */
const AFTER_SLEEP_MS = 60_000;

/** VirtualBox's words for a machine that no longer runs. */
const OFF = new Set([
  'poweroff',
  'saved',
  'saving',
  'stopping',
  'aborted',
  'aborted-saved',
  'teleported',
  'gurumeditation',
]);

/** VirtualBox's word for the state that a machine is in now; undefined where it is not to be had. */
export type MachineState = (signal: AbortSignal) => Promise<string | undefined>;

/** A connection that was lost, with what else is known of it: what VirtualBox says of the machine, and whether this computer slept. */
export async function explainLoss(
  error: unknown,
  sleep: Pick<SleepWatch, 'justSlept'>,
  machineState: MachineState | undefined,
  signal: AbortSignal,
): Promise<unknown> {
  if (!(error instanceof Trouble) || error.code !== 'connection-lost') return error;
  const seconds = sleep.justSlept(AFTER_SLEEP_MS);
  const state = await machineState?.(signal);
  const because = { cause: error };
  if (state === 'paused') return new Trouble('connection-lost', { why: 'paused', detail: state }, because);
  if (state !== undefined && OFF.has(state))
    return new Trouble('connection-lost', { why: 'off', detail: state }, because);
  return seconds === undefined ? error : new Trouble('connection-lost', { why: 'slept', seconds }, because);
}
