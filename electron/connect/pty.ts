import type { Trouble } from '../../shared/trouble.ts';

/** Of a terminal, in characters. */
export interface PtySize {
  cols: number;
  rows: number;
}

/** How a shell ended: with an exit code, by a signal (`SIGKILL`), or not by itself. */
export type PtyEnd = { code: number } | { signal: string } | { trouble: Trouble };

/** A shell with a terminal of its own, wherever it runs. Whoever opens it closes it. */
export interface Pty {
  /** What it prints; bytes that make up one character come together. One listener. */
  onData(listener: (text: string) => void): void;
  /** Called once, after its last output. One listener. */
  onEnd(listener: (end: PtyEnd) => void): void;
  /** Nothing happens when it is over. */
  write(text: string): void;
  resize(size: PtySize): void;
  /** Holds what runs in it back as soon as the buffers on the way are full. */
  pause(): void;
  resume(): void;
  /** Hangs up, as closing a terminal's window does; resolves when it is gone. */
  close(): Promise<void>;
}
