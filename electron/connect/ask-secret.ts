/** Asks a person for a secret; `again`: the one before was wrong. Undefined when there is none. */
export type AskSecret = (again: boolean) => Promise<string | undefined>;

/** A question that a server asks in words of its own, on the way in. */
export interface ServerQuestion {
  /** What it says before, over several lines perhaps. */
  instructions: string;
  prompt: string;
  /** May the answer be seen while it is typed? */
  echo: boolean;
}

/** Asks a person what a server asks. Undefined when there is no answer. */
export type AskAnswer = (question: ServerQuestion) => Promise<string | undefined>;

/**
 * A secret that is asked for while a connection waits for it. A person may think for longer than the server waits: an
 * answer that comes when its connection is gone is kept for the next one, and nobody is asked twice.
 */
export class SecretQuestion {
  #pending: Promise<string | undefined> | undefined;
  #kept: string | undefined;
  #asked = 0;
  /** Why there was no answer, when asking itself failed. */
  failure: unknown;

  constructor(
    private readonly ask: AskSecret,
    private readonly most: number,
  ) {}

  /** Is there a question without an answer, or an answer that was not tried? */
  get open(): boolean {
    return this.#pending !== undefined || this.#kept !== undefined;
  }

  /** Was it asked as often as it may be? */
  get spent(): boolean {
    return this.#asked >= this.most && !this.open;
  }

  /** The next answer to try; undefined when there is none, or when the connection did not live until it came. */
  async next(alive: () => boolean): Promise<string | undefined> {
    if (!this.open) {
      if (this.#asked >= this.most) return undefined;
      this.#asked += 1;
      this.#pending = this.ask(this.#asked > 1);
    }
    await this.settled();
    if (!alive()) return undefined;
    const answer = this.#kept;
    this.#kept = undefined;
    return answer;
  }

  /** Resolves when nobody is being asked. Rejects when asking failed. */
  async settled(): Promise<void> {
    if (this.#pending === undefined) return;
    const pending = this.#pending;
    try {
      const answer = await pending;
      if (this.#pending === pending) this.#kept = answer;
    } catch (error) {
      this.failure = error;
      throw error;
    } finally {
      this.#pending = undefined;
    }
  }
}
