import { Trouble } from '../../shared/trouble.ts';
import { type Answer, type Command, MAX_COMMAND_MS } from './guest.ts';
import type { LimitMode, StartedLane } from './lane-start.ts';
import { MarkedOutput } from './marked-output.ts';

const DEFAULT_MS = 20_000;
const DEFAULT_BYTES = 8 * 1024 * 1024;
const STDERR_BYTES = 64 * 1024;
/** Linux takes no longer single argument than 128 KiB. */
const MAX_SCRIPT_BYTES = 120 * 1024;
/** How much longer than its time limit an answer may be on its way before the lane counts as broken, in milliseconds. */
const ANSWER_GRACE_MS = 15_000;

/** A started exec runner: runs one command at a time. Any failure ends the lane. */
export class Lane {
  readonly #started: StartedLane;
  #count = 0;

  constructor(started: StartedLane) {
    this.#started = started;
  }

  get ended(): boolean {
    return this.#started.wire.ended;
  }

  close(): void {
    this.#started.wire.close(new Trouble('connection-lost'));
  }

  /** Runs a command; an aborted signal closes the lane, which kills the command in the guest. */
  run(command: Command, signal?: AbortSignal): Promise<Answer> {
    const { wire, nonce, mode } = this.#started;
    const limitMs = Math.min(command.timeoutMs ?? DEFAULT_MS, MAX_COMMAND_MS);
    const id = ++this.#count;
    const stdout = new MarkedOutput(`${nonce} ${id}`, command.maxBytes ?? DEFAULT_BYTES);
    const stderr = new MarkedOutput(`${nonce} ${id}`, STDERR_BYTES);
    const frame = runFrame(id, checkScript(command.script), seconds(limitMs, mode));
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const broken = () => wire.close(new Trouble('connection-lost', { why: 'silent' }));
      const timer = setTimeout(broken, limitMs + ANSWER_GRACE_MS);
      const abort = () => wire.close(new Trouble('cancelled'));
      signal?.addEventListener('abort', abort, { once: true });
      const tidy = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      const settle = (): boolean => {
        if (stdout.end === undefined || stderr.end === undefined) return false;
        tidy();
        wire.take(undefined, undefined, undefined);
        resolve(toAnswer(stdout, stderr, performance.now() - began, limitMs));
        return true;
      };
      wire.take(
        (chunk) => stdout.push(chunk) && settle(),
        (chunk) => stderr.push(chunk) && settle(),
        (trouble) => {
          tidy();
          reject(trouble);
        },
      );
      if (signal?.aborted) abort();
      else wire.write(frame);
    });
  }
}

/** Refuses what no guest could run: that is a bug of the caller's, so no Trouble. */
export function checkScript(script: string): string {
  if (script.includes('\0')) throw new TypeError('A script cannot contain NUL');
  if (Buffer.byteLength(script) > MAX_SCRIPT_BYTES) throw new RangeError('Script too long');
  return script;
}

function runFrame(id: number, script: string, limit: string): string {
  return `run ${id} ${limit} ${script.split('\n').length}\n${script}\n`;
}

/** A time limit in seconds; not every sleep takes fractions. */
export function seconds(ms: number, mode: LimitMode): string {
  return mode === 'gnu' ? String(ms / 1000) : String(Math.ceil(ms / 1000));
}

/** Exit codes of a command that its time limit ended: timeout's own, and those of TERM and KILL. */
const TIMED_OUT = [124, 137, 143];

/** Tells an end by the time limit from an end by itself. `limitMs` 0: there was no limit. */
export function ending(code: number, ms: number, limitMs: number): Pick<Answer, 'code' | 'timedOut' | 'ms'> {
  const timedOut = limitMs > 0 && TIMED_OUT.includes(code) && ms >= limitMs;
  return { code: timedOut ? 124 : code, timedOut, ms: Math.round(ms) };
}

function toAnswer(stdout: MarkedOutput, stderr: MarkedOutput, ms: number, limitMs: number): Answer {
  return {
    ...ending(Number(stdout.end), ms, limitMs),
    stdout: stdout.text(),
    stderr: stderr.text(),
    truncated: stdout.truncated,
  };
}
