import ShieldAlert from 'lucide-react/icons/shield-alert';
import { visibleLine } from '../../../shared/visible.ts';
import { usePhrases } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { AnswerProps } from './answer-props.ts';
import { PROMPT_PHRASES } from './prompt-phrases.ts';
import css from './sheets.module.css';

/** Another host key than the one that is known: Enter cancels; to trust it needs a deliberate press. */
export function ChangedKeySheet({ prompt, answer }: AnswerProps<'host-key-changed'>) {
  const { changed: phrases, unknown, cancel } = usePhrases(PROMPT_PHRASES);
  return (
    <Sheet
      alert
      title={phrases.title(visibleLine(prompt.machineName))}
      icon={<ShieldAlert size={20} className={css.bad} />}
      width={540}
      onClose={() => answer({ action: 'cancel' })}
      foot={
        <Button look="danger" onPress={() => answer({ action: 'accept' })}>
          {phrases.trust}
        </Button>
      }
      actions={
        <Button look="primary" autoFocus onPress={() => answer({ action: 'cancel' })}>
          {cancel}
        </Button>
      }
    >
      <div className={css.alarm}>
        <p>
          <b>{phrases.what(visibleLine(prompt.host))}</b>
        </p>
        <p>{phrases.usual}</p>
        <p>{phrases.otherwise}</p>
      </div>
      <dl className={css.facts}>
        <dt>{unknown.keyType}</dt>
        <dd>
          <code>{visibleLine(prompt.keyType)}</code>
        </dd>
        <dt>{phrases.was}</dt>
        <dd>
          <code>{visibleLine(prompt.was)}</code>
          {prompt.where !== undefined && <div className={css.hint}>{visibleLine(prompt.where)}</div>}
        </dd>
        <dt>{phrases.is}</dt>
        <dd>
          <code className={css.bad}>{visibleLine(prompt.is)}</code>
        </dd>
      </dl>
    </Sheet>
  );
}
