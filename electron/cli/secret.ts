import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { Trouble } from '../../shared/trouble.ts';
import type { UsageWhy } from '../../shared/trouble-why.ts';
import { safeLine } from './terminal.ts';

/** The passwords there are, in the order in which they stand on a standard input that is no terminal. */
export const SECRETS = ['login', 'sudo'] as const;
export type Secret = (typeof SECRETS)[number];

const OPTIONS: Record<Secret, string> = { login: '--ask-password', sudo: '--ask-sudo' };

/** Asks for passwords: on a terminal without echo, else a line each from the standard input. */
export interface Asker {
  /** Rejects with `bad-usage` when there is none, with `cancelled` when the signal comes first. */
  ask(secret: Secret, prompt: string, signal: AbortSignal): Promise<string>;
  /** Asks for a line of any kind, which may be empty; undefined where there is no terminal. */
  line: ((prompt: string, echo: boolean, signal: AbortSignal) => Promise<string>) | undefined;
  close(): void;
}

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(new Trouble('cancelled'));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/**
 * Opens the standard input for the `wanted` passwords; prompts go to `prompts`. Nothing is opened before the first
 * question, for it may turn out that none is needed.
 */
export function openAsker(
  input: NodeJS.ReadStream,
  prompts: { write(text: string): unknown },
  wanted: readonly Secret[],
): Asker {
  const terminal = input.isTTY === true;
  const read: string[] = [];
  let reader: Interface | undefined;
  let lines: AsyncIterator<string> | undefined;

  const shown = new Writable({
    write: (chunk, _encoding, done) => {
      prompts.write(String(chunk));
      done();
    },
  });

  /** One line typed on the terminal; while it is typed the tty is in raw mode, and not a moment longer. */
  const typed = (prompt: string, signal: AbortSignal, echo = false): Promise<string> => {
    const tty = createInterface({ input, output: echo ? shown : nowhere, terminal, historySize: 0 });
    // In raw mode Ctrl-C is a character: hand it on as the signal it means.
    tty.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    // Only now: what is typed at once must find the echo off.
    if (echo) tty.setPrompt(safeLine(prompt));
    if (echo) tty.prompt();
    else prompts.write(safeLine(prompt));
    const line = new Promise<string>((resolve) => {
      tty.once('line', resolve);
      tty.once('close', () => resolve(''));
    });
    return Promise.race([line, whenAborted(signal)]).finally(() => {
      tty.close();
      if (!echo) prompts.write('\n');
    });
  };

  /** In a pipe a password stands at its place even when the one before it was never needed. */
  const piped = async (secret: Secret): Promise<string> => {
    reader ??= createInterface({ input });
    lines ??= reader[Symbol.asyncIterator]();
    const place = SECRETS.filter((one) => wanted.includes(one)).indexOf(secret);
    while (read.length <= place) {
      const line = await lines.next();
      read.push(line.done ? '' : line.value);
    }
    return read[place] ?? '';
  };

  return {
    async ask(secret, prompt, signal) {
      const given = terminal
        ? await typed(prompt, signal)
        : await Promise.race([piped(secret), whenAborted(signal)]);
      if (given === '') {
        throw new Trouble('bad-usage', { why: 'no-secret' satisfies UsageWhy, option: OPTIONS[secret] });
      }
      return given;
    },
    line: terminal ? (prompt, echo, signal) => typed(prompt, signal, echo) : undefined,
    close() {
      if (reader === undefined) return;
      reader.close();
      input.pause();
    },
  };
}
