import type { StreamLine } from './guest.ts';

/** Characters waiting to be pulled at which the guest is paused, and at which it goes on. */
const HIGH_CHARS = 1024 * 1024;
const LOW_CHARS = 64 * 1024;
/** An empty line costs memory too. */
const LINE_COST = 64;

/** Lines that were read and not yet pulled. One reader; `flow(false)` is called when it is too slow, `flow(true)` after. */
export class LineQueue implements AsyncIterableIterator<StreamLine> {
  readonly #lines: StreamLine[] = [];
  #chars = 0;
  #paused = false;
  #over: { error?: unknown } | undefined;
  #wake: (() => void) | undefined;
  readonly #flow: (on: boolean) => void;
  readonly #left: () => void;

  /** `left` is called when the reader leaves before the end. */
  constructor(flow: (on: boolean) => void, left: () => void) {
    this.#flow = flow;
    this.#left = left;
  }

  push(line: StreamLine): void {
    if (this.#over) return;
    this.#lines.push(line);
    this.#chars += line.text.length + LINE_COST;
    if (!this.#paused && this.#chars > HIGH_CHARS) this.#pause(true);
    this.#wake?.();
  }

  /** Nothing more comes; with an error, the reader gets it after the lines that are still there. */
  finish(error?: unknown): void {
    this.#over ??= error === undefined ? {} : { error };
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<StreamLine, undefined>> {
    for (;;) {
      const line = this.#lines.shift();
      if (line) {
        this.#chars -= line.text.length + LINE_COST;
        if (this.#paused && this.#chars < LOW_CHARS) this.#pause(false);
        return { done: false, value: line };
      }
      if (this.#over) {
        const { error } = this.#over;
        this.#over = {};
        if (error !== undefined) throw error;
        return { done: true, value: undefined };
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }

  async return(): Promise<IteratorResult<StreamLine, undefined>> {
    if (!this.#over) this.#left();
    this.#over = {};
    this.#lines.length = 0;
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #pause(paused: boolean): void {
    this.#paused = paused;
    this.#flow(!paused);
  }
}
