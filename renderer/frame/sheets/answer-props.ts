import type { Prompt, PromptAnswer } from '../../../shared/app-state.ts';

/** What a sheet for one kind of question gets. */
export interface AnswerProps<K extends Prompt['kind']> {
  prompt: Extract<Prompt, { kind: K }>;
  answer(answer: PromptAnswer): void;
}
