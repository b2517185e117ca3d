import Info from 'lucide-react/icons/info';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { MachineItem } from '../../shared/app-state.ts';
import { visible, visibleLine } from '../../shared/visible.ts';
import { call } from '../api.ts';
import { usePhrases, useText } from '../lang.ts';
import { tell } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import css from './machine-notes.module.css';
import { MACHINE_PHRASES } from './machine-phrases.ts';

/** What VirtualBox itself has wrong with a machine, or is easily mistaken: what it is, what to do, where it is known from. */
export function MachineNotes({ machine }: { machine: MachineItem }) {
  const phrases = usePhrases(MACHINE_PHRASES);
  const text = useText();
  const { notes = [] } = machine;
  if (notes.length === 0) return null;
  return (
    <ul className={css.notes} aria-label={phrases.notes}>
      {notes.map(({ what, next, source, aside, commands, update }) => (
        <li key={what.en} data-aside={aside}>
          {aside ? <Info size={15} aria-hidden /> : <TriangleAlert size={15} aria-hidden />}
          <p>
            {visible(text(what))}
            <small>{visible(text(next))}</small>
            {commands?.map((command) => (
              <code key={command}>{visibleLine(command)}</code>
            ))}
          </p>
          {commands !== undefined && (
            <CopyButton text={commands.join('\n')} label={phrases.copyCommands(commands.length)} worded />
          )}
          {update !== undefined && (
            <Button size="small" onPress={() => void tell(call('openLink', { url: update }))}>
              {phrases.update}
            </Button>
          )}
          <Button
            size="small"
            aria-label={phrases.sourceOf(visible(text(what)))}
            onPress={() => void tell(call('openLink', { url: source }))}
          >
            {phrases.source}
          </Button>
        </li>
      ))}
    </ul>
  );
}
