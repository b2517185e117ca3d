import FlaskConical from 'lucide-react/icons/flask-conical';
import Undo2 from 'lucide-react/icons/undo-2';
import Wrench from 'lucide-react/icons/wrench';
import { visibleLine } from '../../../shared/visible.ts';
import { usePhrases, useText } from '../../lang.ts';
import { Careful } from '../../run/remedy/careful.tsx';
import { Commands } from '../../run/remedy/commands.tsx';
import { FileDiff } from '../../run/remedy/file-diff.tsx';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { AnswerProps } from './answer-props.ts';
import { REMEDY_PHRASES } from './remedy-phrases.ts';
import css from './remedy-sheet.module.css';

const ICONS = { trial: FlaskConical, fix: Wrench, undo: Undo2 };

/** Before anything is changed in the VM: exactly what runs and changes, what it interrupts, and how it is taken back. */
export function RemedySheet({ prompt, answer }: AnswerProps<'remedy'>) {
  const { plan, machineName } = prompt;
  const { kind, title, warning, files, commands, undo } = plan;
  const say = usePhrases(REMEDY_PHRASES);
  const text = useText();
  const Icon = ICONS[kind];
  const cancel = () => answer({ action: 'cancel' });
  return (
    <Sheet
      alert
      title={say.title[kind](visibleLine(machineName))}
      icon={<Icon size={20} />}
      width={640}
      onClose={cancel}
      actions={
        <>
          {/* No button has the focus: neither way may be taken by a key that was pressed too early. */}
          <Button onPress={cancel}>{say.cancel}</Button>
          <Button look="primary" onPress={() => answer({ action: 'accept' })}>
            {say.go[kind]}
          </Button>
        </>
      }
    >
      <p className={css.lead}>{visibleLine(text(title))}</p>
      {warning !== undefined && <Careful word={say.careful} says={text(warning)} />}
      {files.map((file) => (
        <section key={file.path} className={css.part}>
          <h3>{say.file}</h3>
          <FileDiff file={file} />
        </section>
      ))}
      {commands.length > 0 && (
        <section className={css.part}>
          <h3>{say.runs}</h3>
          <Commands commands={commands} label={say.copyCommands} />
        </section>
      )}
      {kind !== 'undo' && undo.length > 0 && (
        <section className={css.part}>
          {kind === 'trial' ? (
            <>
              <h3>{say.takenBack}</h3>
              <Commands commands={undo} label={say.copyUndo} />
            </>
          ) : (
            <details>
              <summary>{say.undo}</summary>
              <Commands commands={undo} label={say.copyUndo} />
            </details>
          )}
        </section>
      )}
      <section className={css.part}>
        <h3>{say.interrupts}</h3>
        <p>{say.interrupted[kind]}</p>
      </section>
      <p className={css.promise}>{say.promise[kind]}</p>
    </Sheet>
  );
}
