import type { Pty } from '../../connect/pty.ts';
import { Skim } from './skim.ts';

/** Characters that the window has not yet shown: above, the shell is held back; below, it goes on (VS Code's numbers). */
const HIGH = 100_000;
const LOW = 5000;
/** Output waits this long for more to go with. Milliseconds. */
const GATHER_MS = 8;
/** Characters that don't wait. */
const MOST_AT_ONCE = 32_768;

/** A shell's output on its way to the window: gathered, and no more of it under way than the window can show. */
export class Outflow {
  #pending = '';
  #unshown = 0;
  #paused = false;
  #timer: NodeJS.Timeout | undefined;
  #skim: Skim | undefined;

  constructor(
    private readonly pty: Pick<Pty, 'pause' | 'resume'>,
    private readonly send: (data: string) => void,
    private readonly skipped: (chars: number) => string,
  ) {}

  take(text: string): void {
    if (this.#skim) {
      this.#skim.take(text);
      return;
    }
    this.#pending += text;
    if (this.#unshown + this.#pending.length > HIGH && !this.#paused) {
      this.#paused = true;
      this.pty.pause();
    }
    if (this.#pending.length >= MOST_AT_ONCE) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  shown(chars: number): void {
    this.#unshown = Math.max(0, this.#unshown - chars);
    this.#goOn();
  }

  /**
   * Somebody wants out of a flood: what is not yet in the window is skipped up to where the shell falls silent. Does
   * nothing where all that was said is on screen or nearly so.
   */
  skipAhead(): void {
    if (!this.#paused || this.#skim) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#skim = new Skim(({ skipped, modes, rest }) => {
      this.#skim = undefined;
      this.#paused = false;
      // CAN ends a sequence that was cut off; colours of what is gone must not go on.
      const note = `\x18${modes}\x1b[0m\r\n\x1b[2m${this.skipped(skipped)}\x1b[0m\r\n`;
      this.take(skipped === 0 ? rest : note + rest);
    });
    this.#skim.take(this.#pending);
    this.#pending = '';
    this.pty.resume();
  }

  /** The shell is over: what is left goes out. */
  end(): void {
    this.#skim?.end();
    this.#flush();
  }

  /** Nobody looks any more. */
  stop(): void {
    this.#skim?.stop();
    clearTimeout(this.#timer);
    this.#pending = '';
  }

  #goOn(): void {
    if (!this.#paused || this.#skim || this.#unshown + this.#pending.length >= LOW) return;
    this.#paused = false;
    this.pty.resume();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const data = this.#pending;
    if (data === '') return;
    this.#pending = '';
    this.#unshown += data.length;
    this.send(data);
  }
}
