import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { MachineItem } from '../../shared/app-state.ts';
import { visibleLine } from '../../shared/visible.ts';
import { usePhrases, useText } from '../lang.ts';
import { Button } from '../ui/button.tsx';
import { openWay } from './actions.ts';
import { useFrame } from './frame-store.ts';
import { MACHINE_PHRASES } from './machine-phrases.ts';
import css from './machine-state.module.css';
import { SIDEBAR_PHRASES } from './sidebar/phrases.ts';

/** Over a run of the past: why its machine can't be diagnosed again just now. */
export function Notice({ machine }: { machine: MachineItem | undefined }) {
  const phrases = usePhrases(MACHINE_PHRASES);
  const { states } = usePhrases(SIDEBAR_PHRASES);
  const text = useText();
  const opening = useFrame((frame) => frame.opening.includes(machine?.id ?? ''));
  if (machine === undefined || machine.reach.ok) return null;
  const { trouble } = machine.reach;
  const { remedy } = machine;
  const says =
    trouble.code === 'vm-not-running'
      ? phrases.oldOff(states[machine.state] ?? visibleLine(machine.state))
      : remedy?.kind === 'add-forward'
        ? phrases.oldForward
        : visibleLine(text(trouble.what));
  return (
    <div className={css.notice} role="note">
      <TriangleAlert size={15} aria-hidden />
      <p>
        {says}
        {remedy && <code>{visibleLine(remedy.command)}</code>}
      </p>
      {remedy && (
        <Button size="small" isDisabled={opening} onPress={() => void openWay(machine)}>
          {phrases.remedies[remedy.kind]}
        </Button>
      )}
    </div>
  );
}
