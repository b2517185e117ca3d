import { randomBytes } from 'node:crypto';
import { Trouble } from '../../shared/trouble.ts';
import type { LaneIo } from './lane-io.ts';
import { LaneWire } from './lane-wire.ts';
import { quote } from './quote.ts';
import { bootLine } from './runner-sh.ts';
import { type AskPassword, enterSudo } from './sudo.ts';

/** Time for a shell to start on a slow guest, sudo included, in milliseconds. */
const START_MS = 30_000;
/** How often each lane says that Culprit is alive, in milliseconds; the guest waits 12 to 16 s for it. */
const BEAT_MS = 3000;

/** How time limits are kept: coreutils' timeout with its process group, or a watching subshell. */
export type LimitMode = 'auto' | 'gnu' | 'bare';

export interface LaneOptions {
  /** The runner's shell text. */
  runner: string;
  mode: LimitMode;
  /** Variables for the runner, by name. */
  variables?: Record<string, string>;
  /** Is the shell a child of this connection's own sshd process? */
  overSsh: boolean;
  /** Become root first; `ask` is absent where sudo is not to ask for a password. */
  sudo?: { ask?: AskPassword | undefined };
}

/** A runner that said hello and is kept alive until its wire ends. */
export interface StartedLane {
  wire: LaneWire;
  nonce: string;
  mode: LimitMode;
  uid: number;
}

/**
 * Starts a runner in a fresh shell and waits for its hello. Throws Trouble `no-session` when the shell does not do
 * what a shell does, `SudoRefusal` when sudo says no, `cancelled` when the signal aborts.
 */
export async function startLane(
  io: LaneIo,
  options: LaneOptions,
  signal?: AbortSignal,
): Promise<StartedLane> {
  const wire = new LaneWire(io);
  const abort = () => wire.close(new Trouble('cancelled'));
  const late = () => wire.close(new Trouble('no-session', { detail: notes(wire) }));
  let timer = setTimeout(late, START_MS);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    if (signal?.aborted) abort();
    if (options.sudo) {
      const { ask } = options.sudo;
      // A person who types a password is not a guest that is slow.
      const asking =
        ask &&
        (() => {
          clearTimeout(timer);
          return ask().finally(() => {
            timer = setTimeout(late, START_MS);
          });
        });
      await enterSudo(wire, asking);
    }
    const nonce = randomBytes(16).toString('hex');
    wire.write(runnerText(nonce, options));
    const hello = await waitFor(wire, `\n${nonce} hello `);
    beat(wire);
    const [mode, uid] = hello.split(' ');
    return { wire, nonce, mode: mode === 'gnu' ? 'gnu' : 'bare', uid: Number(uid) };
  } catch (error) {
    if (error instanceof Trouble && error.code === 'connection-lost' && !wire.linkLost) {
      throw new Trouble('no-session', { detail: notes(wire) || String(error.facts.detail ?? '') });
    }
    wire.close(new Trouble('connection-lost'));
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

function runnerText(nonce: string, options: LaneOptions): string {
  const kin = options.sudo ? 'o=$1 b=$2' : `o=$$ b=${options.overSsh ? '$PPID' : ''}`;
  const mark = randomBytes(8).toString('hex');
  const set = Object.entries(options.variables ?? {}).map(([name, value]) => `${name}=${quote(value)}\n`);
  return `${bootLine(nonce)}\n${kin} m=${mark} k=${options.mode}\n${set.join('')}${options.runner}${nonce}\n`;
}

/** The rest of the line on stdout that starts with `start`. */
function waitFor(wire: LaneWire, start: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = '';
    wire.take(
      (chunk) => {
        seen += chunk.toString('latin1');
        const at = seen.indexOf(start);
        const eol = at < 0 ? -1 : seen.indexOf('\n', at + start.length);
        if (eol < 0) return false;
        resolve(seen.slice(at + start.length, eol));
        return true;
      },
      undefined,
      reject,
    );
  });
}

function beat(wire: LaneWire): void {
  const timer = setInterval(() => {
    if (wire.ended) clearInterval(timer);
    else wire.write('\n');
  }, BEAT_MS);
  timer.unref();
}

function notes(wire: LaneWire): string {
  return wire.notes.trim().split('\n').slice(-3).join(' ').slice(0, 300);
}
