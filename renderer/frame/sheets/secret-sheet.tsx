import KeyRound from 'lucide-react/icons/key-round';
import { useRef } from 'react';
import { visibleLine } from '../../../shared/visible.ts';
import { usePhrases } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useApp } from '../use-chosen.ts';
import type { AnswerProps } from './answer-props.ts';
import { PROMPT_PHRASES } from './prompt-phrases.ts';
import css from './sheets.module.css';

/** More than a password is; as much as main takes. */
const MOST = 1024;

/** Asks for a password or passphrase. It is in the field and nowhere else, and leaves it with the answer. */
export function SecretSheet({ prompt, answer }: AnswerProps<'password' | 'sudo' | 'passphrase'>) {
  const phrases = usePhrases(PROMPT_PHRASES);
  const { canRemember } = useApp();
  const field = useRef<HTMLInputElement>(null);
  const { title, why, label } = phrases[prompt.kind];
  const user = prompt.kind === 'passphrase' ? '' : visibleLine(prompt.user);
  const at =
    prompt.kind === 'password'
      ? prompt.host
      : prompt.kind === 'passphrase'
        ? prompt.file
        : prompt.machineName;
  const submit = (form: FormData) => {
    const input = field.current;
    if (input === null || input.value === '') return;
    const secret = input.value;
    input.value = '';
    answer({ action: 'secret', secret, remember: form.get('remember') === 'yes' });
  };
  const accept =
    prompt.kind === 'password'
      ? phrases.logIn
      : prompt.kind === 'passphrase'
        ? phrases.unlock
        : phrases.continue;
  return (
    <Sheet
      title={title(visibleLine(prompt.machineName))}
      icon={<KeyRound size={20} />}
      onClose={() => answer({ action: 'cancel' })}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={() => answer({ action: 'cancel' })}>{phrases.cancel}</Button>
          <Button look="primary" type="submit">
            {accept}
          </Button>
        </>
      }
    >
      <p>{why(user, visibleLine(at))}</p>
      <TextField
        label={label}
        type="password"
        autoFocus
        maxLength={MOST}
        inputRef={field}
        error={prompt.again ? phrases.again : undefined}
      />
      {'once' in prompt && prompt.once ? (
        <p className={css.hint}>{phrases.onTheWay}</p>
      ) : canRemember ? (
        <Checkbox name="remember">{phrases.remember}</Checkbox>
      ) : (
        <p className={css.hint}>{phrases.notKept}</p>
      )}
    </Sheet>
  );
}
