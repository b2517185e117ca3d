import type { Prompt, PromptAnswer } from '../../../shared/app-state.ts';
import { call } from '../../api.ts';
import { tell } from '../../store.ts';
import { AnswerSheet } from './answer-sheet.tsx';
import { ChangedKeySheet } from './changed-key-sheet.tsx';
import { FirstRunSheet } from './first-run-sheet.tsx';
import { RemedySheet } from './remedy-sheet.tsx';
import { SecretSheet } from './secret-sheet.tsx';
import { UnknownKeySheet } from './unknown-key-sheet.tsx';

/** A question of main's. Closing it cancels, and is always safe. */
export function PromptSheet({ prompt }: { prompt: Prompt }) {
  const answer = (given: PromptAnswer) =>
    void tell(call('answerPrompt', { prompt: prompt.id, answer: given }));
  switch (prompt.kind) {
    case 'password':
    case 'sudo':
    case 'passphrase':
      return <SecretSheet prompt={prompt} answer={answer} />;
    case 'answer':
      // Each question has a field of its own: the answer to one must not stand in the next.
      return <AnswerSheet key={prompt.id} prompt={prompt} answer={answer} />;
    case 'host-key-unknown':
      return <UnknownKeySheet prompt={prompt} answer={answer} />;
    case 'host-key-changed':
      return <ChangedKeySheet prompt={prompt} answer={answer} />;
    case 'remedy':
      return <RemedySheet prompt={prompt} answer={answer} />;
    case 'first-run':
      return <FirstRunSheet prompt={prompt} answer={answer} />;
  }
}
