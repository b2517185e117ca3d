import type { RemedyOrder } from '../../../shared/remedy.ts';
import { call } from '../../api.ts';
import { canDiagnose, order } from '../../frame/actions.ts';
import { useStore } from '../../store.ts';

/** What can be ordered on the machine of a run. Each of them asks before it changes anything. */
export interface Orders {
  remedy(wanted: RemedyOrder): void;
  /** Takes the fix of this run back. */
  undo(): void;
}

/** Undefined where nothing can be: a recording or a log, a machine that is gone, can't be reached, or is at work. */
export function useOrders(run: string): Orders | undefined {
  const machine = useStore(({ app }) => {
    const id = app?.runs.find((one) => one.id === run)?.machine;
    const busy = app?.runs.some((one) => one.machine === id && one.state === 'running');
    return busy ? undefined : app?.machines.find((one) => one.id === id);
  });
  if (!canDiagnose(machine) || machine.kind === 'sample') return undefined;
  return {
    remedy: (remedy) => void order(machine.id, () => call('startRun', { machine: machine.id, remedy })),
    undo: () => void order(machine.id, () => call('undoFix', { run })),
  };
}
