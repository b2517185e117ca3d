import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';
import type { MachineItem } from '../../shared/app-state.ts';
import { visibleLine } from '../../shared/visible.ts';
import { usePhrases, useText } from '../lang.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Words } from '../ui/words.tsx';
import { openWay } from './actions.ts';
import { useFrame } from './frame-store.ts';
import { MACHINE_PHRASES } from './machine-phrases.ts';
import css from './machine-state.module.css';
import { SIDEBAR_PHRASES } from './sidebar/phrases.ts';

/** Over a run of the past: why its machine can't be diagnosed again just now, or what VirtualBox has wrong with it. */
export function Notice({ machine }: { machine: MachineItem | undefined }) {
  const phrases = usePhrases(MACHINE_PHRASES);
  const { states } = usePhrases(SIDEBAR_PHRASES);
  const text = useText();
  const opening = useFrame((frame) => frame.opening.includes(machine?.id ?? ''));
  if (machine === undefined) return null;
  const grave = machine.notes?.find(({ aside }) => !aside);
  if (machine.reach.ok) {
    if (grave === undefined) return null;
    const { what, next, commands } = grave;
    const copy = commands && (
      <CopyButton text={commands.join('\n')} label={phrases.copyCommands(commands.length)} worded />
    );
    return <Strip action={copy}>{visibleLine(`${text(what)} ${text(next)}`)}</Strip>;
  }
  const { trouble } = machine.reach;
  const { remedy } = machine;
  const says =
    trouble.code === 'vm-not-running'
      ? phrases.oldOff(states[machine.state] ?? visibleLine(machine.state))
      : remedy?.kind === 'add-forward'
        ? phrases.oldForward
        : visibleLine(text(trouble.what));
  return (
    <Strip
      action={
        remedy && (
          <Button size="small" isDisabled={opening} onPress={() => void openWay(machine)}>
            {phrases.remedies[remedy.kind]}
          </Button>
        )
      }
    >
      {says}
      {remedy && (
        <code>
          <Words text={visibleLine(remedy.command)} />
        </code>
      )}
    </Strip>
  );
}

function Strip({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.notice} role="note">
      <TriangleAlert size={15} aria-hidden />
      <p>{children}</p>
      {action}
    </div>
  );
}
