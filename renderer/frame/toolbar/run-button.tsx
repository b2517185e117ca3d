import Play from 'lucide-react/icons/play';
import Square from 'lucide-react/icons/square';
import { COMMANDS } from '../../../shared/commands.ts';
import { usePhrases } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { runCommand } from '../commands/run-command.ts';
import { useEnabled } from '../commands/use-enabled.ts';
import { useFrame } from '../frame-store.ts';
import { FRAME_PHRASES } from '../phrases.ts';
import { useChosen } from '../use-chosen.ts';
import css from './toolbar.module.css';

/** Diagnose; while a run goes on, Stop. */
export function RunButton() {
  const phrases = usePhrases(FRAME_PHRASES);
  const { live, machine } = useChosen();
  const enabled = useEnabled();
  const stopping = useFrame((frame) => live !== undefined && frame.stopping.includes(live.id));
  const starting = useFrame((frame) => machine !== undefined && frame.starting.includes(machine.id));
  // One button that changes, so that it keeps the keyboard's focus.
  const id = live ? 'stop' : 'diagnose';
  const word = live
    ? stopping
      ? phrases.stopping
      : phrases.stop
    : starting
      ? phrases.starting
      : phrases.diagnose;
  const Icon = live ? Square : Play;
  return (
    <Button
      className={css.run}
      look={live ? 'plain' : 'primary'}
      isDisabled={!enabled.has(id)}
      onPress={() => runCommand(id)}
    >
      <Icon size={12} fill="currentColor" aria-hidden />
      {word}
      <Kbd keys={COMMANDS[id].accelerator} />
    </Button>
  );
}
