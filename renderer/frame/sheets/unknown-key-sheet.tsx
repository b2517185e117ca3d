import ShieldQuestion from 'lucide-react/icons/shield-question-mark';
import { visibleLine } from '../../../shared/visible.ts';
import { usePhrases } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Words } from '../../ui/words.tsx';
import type { AnswerProps } from './answer-props.ts';
import { PROMPT_PHRASES } from './prompt-phrases.ts';
import css from './sheets.module.css';

/** Prints the fingerprint of every host key, whatever its kind. */
const FINGERPRINTS = 'for k in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf "$k"; done';

/** A host key seen for the first time: shown, to be compared. */
export function UnknownKeySheet({ prompt, answer }: AnswerProps<'host-key-unknown'>) {
  const { unknown: phrases, cancel } = usePhrases(PROMPT_PHRASES);
  return (
    <Sheet
      alert
      title={phrases.title(visibleLine(prompt.machineName))}
      icon={<ShieldQuestion size={20} />}
      width={570}
      onClose={() => answer({ action: 'cancel' })}
      onSubmit={() => answer({ action: 'accept' })}
      actions={
        <>
          <Button onPress={() => answer({ action: 'cancel' })}>{cancel}</Button>
          <Button look="primary" type="submit" autoFocus>
            {phrases.trust}
          </Button>
        </>
      }
    >
      <p>{phrases.why(visibleLine(prompt.host))}</p>
      <dl className={css.facts}>
        <dt>{phrases.keyType}</dt>
        <dd>
          <code>{visibleLine(prompt.keyType)}</code>
        </dd>
        <dt>{phrases.fingerprint}</dt>
        <dd>
          <code>{visibleLine(prompt.fingerprint)}</code>
          <CopyButton text={prompt.fingerprint} label={phrases.copyFingerprint} />
        </dd>
      </dl>
      {prompt.authority && <p className={css.hint}>{phrases.authority}</p>}
      <p className={css.hint}>{phrases.check}</p>
      <div className={css.command}>
        <code>
          <Words text={FINGERPRINTS} />
        </code>
        <CopyButton text={FINGERPRINTS} label={phrases.copyCommand} />
      </div>
    </Sheet>
  );
}
