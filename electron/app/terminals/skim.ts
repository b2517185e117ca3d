/** Output that has ceased for so long has come to the prompt. Milliseconds. */
const LULL_MS = 60;
/** What goes on all the same was not to be ended by Ctrl-C: then it is shown again. Milliseconds. */
const MOST_MS = 600;
/** Characters of the end that are shown after all. */
const KEPT = 4096;
/** A mode that a program sets or takes back (`ESC [ ? 2004 h`): skipping these would leave the terminal in a wrong one. */
const MODE = /\x1b\[\?([\d;]{1,20})([hl])/g;
const MOST_MODES = 100;
/** A sequence that is cut in two is at most this long. */
const LONGEST_MODE = 25;

export interface Skimmed {
  /** Characters that nobody will see. */
  skipped: number;
  /** Brings the terminal into the modes that were asked for in these. */
  modes: string;
  /** The last of the output, from the beginning of a line. */
  rest: string;
}

/** Goes through a flood of output without showing it, until it ends. */
export class Skim {
  #kept = '';
  #dropped = 0;
  #edge = '';
  readonly #modes = new Map<string, string>();
  #lull: NodeJS.Timeout | undefined;
  readonly #most = setTimeout(() => this.end(), MOST_MS);

  constructor(private readonly done: (skimmed: Skimmed) => void) {
    this.#wait();
  }

  take(text: string): void {
    const all = this.#kept + text;
    const extra = all.length - KEPT;
    if (extra > 0) this.#drop(all.slice(0, extra));
    this.#kept = all.slice(Math.max(0, extra));
    this.#wait();
  }

  end(): void {
    this.stop();
    if (this.#dropped === 0) {
      this.done({ skipped: 0, modes: '', rest: this.#kept });
      return;
    }
    // the line at the cut is not whole, and may begin inside an escape sequence
    const lineEnd = this.#kept.indexOf('\n') + 1;
    this.#drop(this.#kept.slice(0, lineEnd));
    const modes = [...this.#modes].map(([mode, onOff]) => `\x1b[?${mode}${onOff}`).join('');
    this.done({ skipped: this.#dropped, modes, rest: this.#kept.slice(lineEnd) });
  }

  stop(): void {
    clearTimeout(this.#lull);
    clearTimeout(this.#most);
  }

  #wait(): void {
    clearTimeout(this.#lull);
    this.#lull = setTimeout(() => this.end(), LULL_MS);
  }

  #drop(text: string): void {
    this.#dropped += text.length;
    for (const [, numbers = '', onOff = ''] of (this.#edge + text).matchAll(MODE)) {
      for (const mode of numbers.split(';')) {
        // the one set last comes last: leaving the alternate screen and what follows it must keep their order
        this.#modes.delete(mode);
        if (this.#modes.size < MOST_MODES) this.#modes.set(mode, onOff);
      }
    }
    this.#edge = text.slice(-LONGEST_MODE);
  }
}
