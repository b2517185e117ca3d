import type { Again } from '../../../shared/again.ts';
import type { RemedyOrder } from '../../../shared/remedy.ts';
import { call } from '../../api.ts';
import { canDiagnose, diagnose, order } from '../../frame/actions.ts';
import { useStore } from '../../store.ts';

/** What can be ordered on the machine of a run. Each of them asks before it changes anything. */
export interface Orders {
  remedy(wanted: RemedyOrder): void;
  /** Takes the fix of this run back. */
  undo(): void;
  /** Takes up a run that was cut short. */
  again(wanted: Again): void;
}

/** Undefined where nothing can be: a recording or a log, a machine that is gone, can't be reached, or is at work. */
export function useOrders(run: string): Orders | undefined {
  const machine = useStore(({ app }) => {
    const id = app?.runs.find((one) => one.id === run)?.machine;
    const busy = app?.runs.some((one) => one.machine === id && one.state === 'running');
    return busy ? undefined : app?.machines.find((one) => one.id === id);
  });
  if (!canDiagnose(machine) || machine.kind === 'sample') return undefined;
  const { id } = machine;
  const remedy = (wanted: RemedyOrder) =>
    void order(id, () => call('startRun', { machine: id, remedy: wanted }));
  const undo = (of: string) => void order(id, () => call('undoFix', { run: of }));
  return {
    remedy,
    undo: () => undo(run),
    again: (wanted) => {
      if (wanted.kind === 'look') void diagnose(id);
      else if (wanted.kind === 'undo') undo(wanted.run);
      else remedy(wanted);
    },
  };
}
