import type { Pty, PtyEnd } from '../../electron/connect/pty.ts';

/** Reads along what a shell prints. */
export class Screen {
  text = '';
  readonly ended: Promise<PtyEnd>;
  readonly #looking = new Set<() => void>();

  constructor(readonly pty: Pty) {
    pty.onData((text) => this.take(text));
    this.ended = new Promise((resolve) => pty.onEnd(resolve));
  }

  take(text: string): void {
    this.text += text;
    for (const look of [...this.#looking]) look();
  }

  /** Resolves with the match once all that was printed has one; the test's own limit ends the waiting. */
  shows(wanted: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve) => {
      const look = () => {
        const found = wanted.exec(this.text);
        if (!found) return;
        this.#looking.delete(look);
        resolve(found);
      };
      this.#looking.add(look);
      look();
    });
  }
}
