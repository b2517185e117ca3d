import type { Lang } from '../../../shared/text.ts';
import type { Pty, PtyEnd, PtySize } from '../../connect/pty.ts';
import { Outflow } from './outflow.ts';
import { TERMINAL_PHRASES } from './phrases.ts';
import { Quiet } from './quiet.ts';

const CTRL_C = '\x03';

export interface TerminalOptions {
  /** Who logged in; empty on this computer. */
  user: string;
  lang(): Lang;
  /** Output for the window. */
  send(data: string): void;
  /** The shell is over, not by `close`. */
  ended(end: PtyEnd): void;
}

/** A shell that the window shows. */
export class Terminal {
  readonly user: string;
  readonly #outflow: Outflow;
  readonly #quiet = new Quiet();

  constructor(
    private readonly pty: Pty,
    { user, lang, send, ended }: TerminalOptions,
  ) {
    this.user = user;
    this.#outflow = new Outflow(pty, send, (chars) => TERMINAL_PHRASES[lang()].skipped(chars));
    pty.onData((text) => {
      this.#quiet.heard();
      this.#outflow.take(text);
    });
    pty.onEnd((end) => {
      this.#outflow.end();
      this.#quiet.end();
      ended(end);
    });
  }

  /** What the person types goes first, whatever the shell still has to say. */
  type(data: string): void {
    this.pty.write(data);
    if (data.includes(CTRL_C)) this.#outflow.skipAhead();
  }

  /** A shell that is only just starting would get what is typed before it listens, and show it twice. */
  quiet(): Promise<void> {
    return this.#quiet.once();
  }

  resize(size: PtySize): void {
    this.pty.resize(size);
  }

  /** The window has shown that many characters. */
  shown(chars: number): void {
    this.#outflow.shown(chars);
  }

  close(): Promise<void> {
    this.#outflow.stop();
    this.#quiet.end();
    return this.pty.close();
  }
}
