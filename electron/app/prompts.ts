import type { Prompt, PromptAnswer } from '../../shared/app-state.ts';
import { Trouble } from '../../shared/trouble.ts';
import type { State } from './state.ts';

type WithoutId<P> = P extends Prompt ? Omit<P, 'id'> : never;
/** A question before it gets its id. */
export type Question = WithoutId<Prompt>;

/** What the answer to a question must be, but for `cancel`. */
const WANTS: Record<Prompt['kind'], PromptAnswer['action']> = {
  password: 'secret',
  sudo: 'secret',
  passphrase: 'secret',
  answer: 'secret',
  'host-key-unknown': 'accept',
  'host-key-changed': 'accept',
  'first-run': 'accept',
  remedy: 'accept',
};

type Given = Exclude<PromptAnswer, { action: 'cancel' }>;

/** The questions that wait for the person. Each ends by an answer, by closing its sheet, or with what it was asked for. */
export class Prompts {
  #count = 0;
  readonly #open = new Map<string, { prompt: Prompt; settle: (answer: PromptAnswer) => void }>();

  constructor(private readonly state: State) {}

  /** Asks. Throws Trouble `cancelled` when the person closes the sheet, or the signal aborts. */
  ask(question: Question, signal: AbortSignal): Promise<Given> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new Trouble('cancelled'));
      this.#count += 1;
      const id = `p${this.#count}`;
      const settle = (answer: PromptAnswer) => {
        signal.removeEventListener('abort', stop);
        this.#open.delete(id);
        this.#show();
        if (answer.action === 'cancel') reject(new Trouble('cancelled'));
        else resolve(answer);
      };
      const stop = () => settle({ action: 'cancel' });
      signal.addEventListener('abort', stop, { once: true });
      this.#open.set(id, { prompt: { ...question, id } as Prompt, settle });
      this.#show();
    });
  }

  /** Takes an answer; one that does not fit, or comes when its question is gone, changes nothing. */
  answer(id: string, answer: PromptAnswer): void {
    const open = this.#open.get(id);
    if (!open) return;
    if (answer.action === 'cancel' || answer.action === WANTS[open.prompt.kind]) open.settle(answer);
  }

  #show(): void {
    this.state.set({ prompts: [...this.#open.values()].map(({ prompt }) => prompt) });
  }
}
