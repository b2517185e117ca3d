import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Change } from '../../shared/cause.ts';
import type { Text } from '../../shared/text.ts';
import { Trouble } from '../../shared/trouble.ts';
import type { Guest, GuestStream, StreamLine } from '../connect/guest.ts';
import { quote } from '../connect/quote.ts';
import { KEEP } from '../trace/keeper.ts';

// Each written out: the window's build looks for literal paths.
const HOLD = readFileSync(new URL('./hold.sh', import.meta.url), 'utf8');
const STEPS = readFileSync(new URL('./steps.sh', import.meta.url), 'utf8');

/** Seconds after which the guest takes back what nobody said to keep. */
const KEEP_S = 90;
/** Seconds for each command: starting Docker takes long on a slow guest. */
const STEP_S = 180;
/** Lines of a failed command that are kept. */
const MOST_LINES = 20;

/** A shell command and what takes it back. */
export interface Step {
  command: string;
  undo: string;
}

/** What became of the commands. */
export type Done =
  | { ok: true }
  /** The command at `step` failed with `code` and these words; `back`: what was done before it could be taken back. */
  | { ok: false; step: number; code: number; said: string; back: boolean };

/** Commands that were carried out, and stay so only while somebody holds them. */
export interface Held {
  readonly done: Done;
  /** They stay. */
  keep(): Promise<void>;
  /** They are taken back; says whether all that does so succeeded. */
  letGo(): Promise<boolean>;
}

/** Pairs a change's commands off with what takes them back, the last first. Throws where they are not as many: a bug. */
export function pairedSteps({ commands, undo }: Change): Step[] {
  if (commands.length !== undo.length) throw new TypeError('Each command needs one that takes it back');
  return commands.map((command, at) => ({ command, undo: undo[undo.length - 1 - at] ?? '' }));
}

/**
 * Carries commands out in the guest as root, one after another, held by a process there that takes them back when one of them
 * fails, when the link or Culprit itself dies, or after a minute and a half: unless they are kept before. Rejects when the link
 * breaks or `signal` aborts, and the guest takes back what was done.
 */
export async function hold(
  guest: Guest,
  purpose: Text,
  steps: readonly Step[],
  signal: AbortSignal,
  stepS = STEP_S,
): Promise<Held> {
  const nonce = randomBytes(12).toString('hex');
  const stream = guest.stream({ purpose, script: heldScript(steps, nonce, stepS), asRoot: true }, signal);
  const talk = new Talk(stream, nonce);
  const done = await talk.untilDone();
  return {
    done,
    keep: async () => {
      stream.write('keep\n');
      if ((await talk.last()) !== 'kept') throw new Trouble('connection-lost', {});
    },
    letGo: async () => {
      stream.end();
      return (await talk.last()) === 'gone yes';
    },
  };
}

function heldScript(steps: readonly Step[], nonce: string, stepS: number): string {
  const set = (name: string, value: string) => `${name}=${quote(value)}\n`;
  const given = steps.map((step, n) => set(`do_${n}`, step.command) + set(`back_${n}`, step.undo));
  const keeper = `NONCE=${nonce} STEPS=${steps.length} STEP_LIMIT=${stepS}\n${given.join('')}${STEPS}${KEEP}`;
  const body = `KEEP=${quote(keeper)}\nKEEP_LIMIT=${KEEP_S}\n${HOLD}`;
  return `exec bash -c ${quote(body)}`;
}

/** What the keeper says, among what the commands print. */
class Talk {
  readonly #lines: AsyncIterator<StreamLine>;
  #heard: string[] = [];
  #step = -1;
  constructor(
    private readonly stream: GuestStream,
    private readonly nonce: string,
  ) {
    this.#lines = stream.lines[Symbol.asyncIterator]();
  }

  /** The next word of the keeper's; undefined when it said its last. */
  async #word(): Promise<string | undefined> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) return undefined;
      const { text } = value as StreamLine;
      if (text.startsWith(`${this.nonce} `)) return text.slice(this.nonce.length + 1);
      if (text !== '') this.#heard = [...this.#heard, text].slice(-MOST_LINES);
    }
  }

  /** Until all commands are through, or one of them failed and the rest was taken back. */
  async untilDone(): Promise<Done> {
    let failed: { step: number; code: number; said: string } | undefined;
    for (;;) {
      const word = await this.#word();
      if (word === undefined) {
        await this.stream.done;
        const said = this.#heard.join('\n');
        return { ok: false, ...(failed ?? { step: Math.max(this.#step, 0), code: -1, said }), back: false };
      }
      const [verb, n, code] = word.split(' ');
      if (verb === 'begin') {
        this.#step = Number(n);
        this.#heard = [];
      }
      if (verb === 'end' && code !== '0')
        failed = { step: Number(n), code: Number(code), said: this.#heard.join('\n') };
      if (verb === 'armed') return { ok: true };
      if (verb === 'gone' && failed) {
        this.stream.end();
        await this.#drain();
        return { ok: false, ...failed, back: n === 'yes' };
      }
    }
  }

  /** The keeper's last word, once the guest has ended all of it. */
  async last(): Promise<string> {
    const word = (await this.#word()) ?? '';
    await this.#drain();
    return word;
  }

  async #drain(): Promise<void> {
    while ((await this.#word()) !== undefined);
    await this.stream.done;
  }
}
