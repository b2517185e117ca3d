import Trash2 from 'lucide-react/icons/trash-2';
import type { MachineItem, RunItem } from '../../../shared/app-state.ts';
import { call } from '../../api.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { tell, useStore } from '../../store.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { moment } from '../ages.ts';
import { closeOverlay } from '../frame-store.ts';
import { machineName, runMachineName } from '../names.ts';
import { HOST_PHRASES } from './host-phrases.ts';
import css from './sheets.module.css';

/** Asks before a host goes out of the list. */
export function RemoveHostSheet({ machine }: { machine: MachineItem }) {
  const phrases = usePhrases(HOST_PHRASES);
  const name = machineName(machine, useLang());
  return (
    <ConfirmSheet
      title={phrases.removeTitle(name)}
      action={phrases.remove}
      doing={() => tell(call('removeHost', { machine: machine.id }))}
    >
      <p>{phrases.removeBody}</p>
    </ConfirmSheet>
  );
}

/** Asks before a run is deleted. */
export function DeleteRunSheet({ run }: { run: RunItem }) {
  const phrases = usePhrases(HOST_PHRASES);
  const lang = useLang();
  const remove = async () => {
    const { selection } = useStore.getState();
    // its machine stays in sight
    if (selection.run === run.id) useStore.setState({ selection: { machine: run.machine } });
    await tell(call('deleteRun', { run: run.id }));
  };
  return (
    <ConfirmSheet title={phrases.deleteTitle} action={phrases.delete} doing={remove}>
      <p>{phrases.deleteBody(runMachineName(run, lang), moment(run.at, lang))}</p>
      {run.exported !== undefined && <p className={css.hint}>{phrases.deleteKept}</p>}
    </ConfirmSheet>
  );
}

interface ConfirmProps {
  title: string;
  action: string;
  doing(): Promise<unknown>;
  children: React.ReactNode;
}

function ConfirmSheet({ title, action, doing, children }: ConfirmProps) {
  const phrases = usePhrases(HOST_PHRASES);
  return (
    <Sheet
      alert
      title={title}
      icon={<Trash2 size={20} />}
      width={420}
      onClose={closeOverlay}
      actions={
        <>
          <Button autoFocus onPress={closeOverlay}>
            {phrases.cancel}
          </Button>
          <Button
            look="danger"
            onPress={() => {
              closeOverlay();
              void doing();
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      {children}
    </Sheet>
  );
}
