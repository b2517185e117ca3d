import type { Run, RunEvent } from '../shared/run.ts';
import { Trouble } from '../shared/trouble.ts';
import type { Surface } from '../shared/trouble-text.ts';
import { undoOf } from '../shared/undo-plan.ts';
import type { Guest } from './connect/guest.ts';
import type { MachineState } from './explain-loss.ts';
import { type Consent, doUndo } from './remedy.ts';
import { LoggedGuest } from './run-log.ts';
import { type RunHead, toldRun } from './told-run.ts';

export interface UndoInput {
  machine: { kind: string; id: string; name: string };
  connect(signal: AbortSignal): Promise<Guest>;
  undo: Undo;
  consent: Consent;
  surface?: Surface;
  /** Asked when the connection was lost. */
  machineState?: MachineState | undefined;
}

type Undo = NonNullable<ReturnType<typeof undoOf>>;

/** What takes the fix of a kept run back on this machine. Throws Troubles `nothing-to-undo` and `undo-other-machine`. */
export function undoFor(run: Run, id: string, machine: UndoInput['machine']): Undo {
  const undo = undoOf(run, id);
  if (!undo) throw new Trouble('nothing-to-undo', { run: id });
  const { machine: was } = run.started ?? {};
  if (was?.kind !== machine.kind || was.id !== machine.id)
    throw new Trouble('undo-other-machine', { run: id, was: was?.name ?? '?', is: machine.name });
  return undo;
}

/** Takes the fix of a kept run back, as a run of its own. Never throws for what was expected, like `diagnose`. */
export async function undoRun(
  { machine, connect, undo, consent, surface, machineState }: UndoInput,
  emit: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<Run> {
  let guest: LoggedGuest | undefined;
  try {
    const head: RunHead = {
      machine,
      targets: [],
      remedy: 'undo',
      which: undo.plan.of,
      surface,
      machineState,
    };
    return await toldRun(head, emit, signal, async (log) => {
      const door = new LoggedGuest(await log.step('connect', () => connect(signal)), log);
      guest = door;
      await log.step('undo', async () => {
        log.tell({ type: 'remedy', plan: undo.plan });
        const end = await doUndo(door, undo.plan, undo.fixed, { consent, signal });
        log.tell({ type: 'remedy-ended', ...end });
      });
    });
  } finally {
    await guest?.close();
  }
}
