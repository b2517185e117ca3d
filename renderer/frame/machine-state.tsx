import CirclePlay from 'lucide-react/icons/circle-play';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import Pause from 'lucide-react/icons/pause';
import Power from 'lucide-react/icons/power';
import Stethoscope from 'lucide-react/icons/stethoscope';
import Unplug from 'lucide-react/icons/unplug';
import type { MachineItem } from '../../shared/app-state.ts';
import { COMMANDS } from '../../shared/commands.ts';
import { visibleLine } from '../../shared/visible.ts';
import { useLang, usePhrases } from '../lang.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { TroubleNote } from '../ui/trouble-note.tsx';
import { Words } from '../ui/words.tsx';
import { openWay, stopWaiting } from './actions.ts';
import { runCommand } from './commands/run-command.ts';
import { openOverlay, useFrame } from './frame-store.ts';
import { MachineNotes } from './machine-notes.tsx';
import { MACHINE_PHRASES } from './machine-phrases.ts';
import css from './machine-state.module.css';
import { machineName } from './names.ts';
import { SIDEBAR_PHRASES } from './sidebar/phrases.ts';

/** A machine that was never diagnosed: what stands in the way, or that nothing does. */
export function MachineState({ machine }: { machine: MachineItem }) {
  const phrases = usePhrases(MACHINE_PHRASES);
  const name = machineName(machine, useLang());
  const starting = useFrame((frame) => frame.starting.includes(machine.id));
  const opening = useFrame((frame) => frame.opening.includes(machine.id));
  if (opening) {
    return (
      <EmptyState
        icon={<LoaderCircle size={28} className={css.spins} aria-hidden />}
        title={phrases.openingTitle(name)}
        actions={<Button onPress={() => stopWaiting(machine.id)}>{phrases.stopWaiting}</Button>}
      >
        <p>{phrases.opening}</p>
      </EmptyState>
    );
  }
  if (starting) {
    return (
      <EmptyState
        icon={<LoaderCircle size={28} className={css.spins} aria-hidden />}
        title={phrases.startingTitle(name)}
      >
        <p>{phrases.starting}</p>
      </EmptyState>
    );
  }
  return machine.reach.ok ? (
    <Ready machine={machine} name={name} />
  ) : (
    <Barred machine={machine} name={name} />
  );
}

interface Props {
  machine: MachineItem;
  name: string;
}

function Ready({ machine, name }: Props) {
  const phrases = usePhrases(MACHINE_PHRASES);
  const isSample = machine.kind === 'sample';
  return (
    <EmptyState
      icon={isSample ? <CirclePlay size={28} aria-hidden /> : <Stethoscope size={28} aria-hidden />}
      title={isSample ? phrases.sampleTitle : phrases.readyTitle(name)}
      actions={
        <>
          {!isSample && (
            <Button size="large" onPress={() => openOverlay({ kind: 'login', machine: machine.id })}>
              {phrases.login}
            </Button>
          )}
          <Button size="large" look="primary" onPress={() => runCommand('diagnose')}>
            {phrases.diagnose}
            <Kbd keys={COMMANDS.diagnose.accelerator} />
          </Button>
        </>
      }
    >
      <p>{isSample ? phrases.sample : phrases.ready}</p>
      <MachineNotes machine={machine} />
    </EmptyState>
  );
}

type Remedy = NonNullable<MachineItem['remedy']>['kind'];

const ICONS = { start: Power, resume: Pause, 'plug-cable': Unplug, 'add-forward': Unplug } as const;

/** It can't be reached: what to do about it. */
export function Barred({ machine, name }: Props) {
  const phrases = usePhrases(MACHINE_PHRASES);
  const { states } = usePhrases(SIDEBAR_PHRASES);
  if (machine.reach.ok) return null;
  const { trouble } = machine.reach;
  const { remedy } = machine;
  const again = <Button onPress={() => runCommand('refresh')}>{phrases.again}</Button>;
  const addHost = <Button onPress={() => runCommand('add-host')}>{phrases.addHost}</Button>;
  const offTitle = phrases.offTitle(name, states[machine.state] ?? visibleLine(machine.state));
  if (remedy !== undefined) {
    const Icon = ICONS[remedy.kind];
    const [title, why] = (
      {
        start: [offTitle, phrases.off],
        resume: [phrases.pausedTitle(name), phrases.paused],
        'plug-cable': [phrases.cableTitle(name), phrases.cable],
        'add-forward': [phrases.forwardTitle(name), phrases.forward],
      } satisfies Record<Remedy, [string, string]>
    )[remedy.kind];
    return (
      <EmptyState
        icon={<Icon size={28} aria-hidden />}
        title={title}
        actions={
          <>
            {remedy.kind === 'add-forward' && addHost}
            {again}
            <Button look="primary" onPress={() => void openWay(machine)}>
              {phrases.remedies[remedy.kind]}
            </Button>
          </>
        }
      >
        <p>{why}</p>
        <div className={css.command}>
          <code>
            <Words text={visibleLine(remedy.command)} />
          </code>
          <CopyButton text={remedy.command} label={phrases.copyCommand} worded />
        </div>
        {remedy.kind === 'add-forward' && <p>{phrases.forwardAfter}</p>}
        <MachineNotes machine={machine} />
      </EmptyState>
    );
  }
  if (trouble.code === 'vm-not-running') {
    return (
      <EmptyState icon={<Power size={28} aria-hidden />} title={offTitle} actions={again}>
        <p>{phrases.offWait}</p>
        <MachineNotes machine={machine} />
      </EmptyState>
    );
  }
  return (
    <div className={css.trouble}>
      <TroubleNote
        trouble={trouble}
        actions={
          <>
            {trouble.code === 'vm-no-forward' && addHost}
            {again}
          </>
        }
      />
      <MachineNotes machine={machine} />
    </div>
  );
}
