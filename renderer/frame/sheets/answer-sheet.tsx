import KeyRound from 'lucide-react/icons/key-round';
import { useRef } from 'react';
import { visible, visibleLine } from '../../../shared/visible.ts';
import { usePhrases } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { AnswerProps } from './answer-props.ts';
import { PROMPT_PHRASES } from './prompt-phrases.ts';
import css from './sheets.module.css';

/** As much as main takes. */
const MOST = 1024;

/** What the server asks in its own words, a code perhaps: shown as its words, and never kept. */
export function AnswerSheet({ prompt, answer }: AnswerProps<'answer'>) {
  const { answer: phrases, continue: go, cancel } = usePhrases(PROMPT_PHRASES);
  const field = useRef<HTMLInputElement>(null);
  const submit = () => {
    const input = field.current;
    if (input === null || input.value === '') return;
    const secret = input.value;
    input.value = '';
    answer({ action: 'secret', secret, remember: false });
  };
  return (
    <Sheet
      title={phrases.title(visibleLine(prompt.machineName))}
      icon={<KeyRound size={20} />}
      onClose={() => answer({ action: 'cancel' })}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={() => answer({ action: 'cancel' })}>{cancel}</Button>
          <Button look="primary" type="submit">
            {go}
          </Button>
        </>
      }
    >
      <p>{phrases.why(visibleLine(prompt.user), visibleLine(prompt.host))}</p>
      {prompt.instructions.trim() !== '' && <p className={css.hint}>{visible(prompt.instructions)}</p>}
      <TextField
        label={visibleLine(prompt.ask.trim()) || phrases.label}
        type={prompt.echo ? 'text' : 'password'}
        autoFocus
        maxLength={MOST}
        inputRef={field}
      />
    </Sheet>
  );
}
