import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { MachineItem } from '../../shared/app-state.ts';
import { visibleLine } from '../../shared/visible.ts';
import { usePhrases, useText } from '../lang.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { MACHINE_PHRASES } from './machine-phrases.ts';
import css from './machine-state.module.css';
import { SIDEBAR_PHRASES } from './sidebar/phrases.ts';
import { wayInCommand } from './way-in.ts';

/** Over a run of the past: why its machine can't be diagnosed again just now. */
export function Notice({ machine }: { machine: MachineItem | undefined }) {
  const phrases = usePhrases(MACHINE_PHRASES);
  const { states } = usePhrases(SIDEBAR_PHRASES);
  const text = useText();
  if (machine === undefined || machine.reach.ok) return null;
  const { trouble } = machine.reach;
  const way = wayInCommand(trouble);
  const says =
    trouble.code === 'vm-not-running'
      ? phrases.oldOff(states[machine.state] ?? visibleLine(machine.state))
      : way?.kind === 'forward'
        ? phrases.oldForward
        : visibleLine(text(trouble.what));
  return (
    <div className={css.notice} role="note">
      <TriangleAlert size={15} aria-hidden />
      <p>{says}</p>
      {way && <CopyButton text={way.command} label={phrases.copyCommand} worded />}
    </div>
  );
}
