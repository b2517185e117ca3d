import { Trouble } from '../../shared/trouble.ts';
import type { Answer, Command } from './guest.ts';
import type { Lane } from './lane.ts';

/** Up to `max` lanes of one kind, opened as they are needed; commands wait in line when all are busy. */
export class LanePool {
  readonly #open: (signal?: AbortSignal) => Promise<Lane>;
  #max: number;
  readonly #free: Lane[] = [];
  readonly #all = new Set<Lane>();
  #opening = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(open: (signal?: AbortSignal) => Promise<Lane>, max: number, first?: Lane) {
    this.#open = open;
    this.#max = max;
    if (first) {
      this.#all.add(first);
      this.#free.push(first);
    }
  }

  /** Runs a command on the next free lane. */
  async run(command: Command, signal?: AbortSignal): Promise<Answer> {
    const lane = await this.#acquire(signal);
    try {
      return await lane.run(command, signal);
    } finally {
      if (lane.ended) this.#all.delete(lane);
      else this.#free.push(lane);
      this.#waiting.shift()?.();
    }
  }

  close(): void {
    for (const lane of this.#all) lane.close();
  }

  async #acquire(signal?: AbortSignal): Promise<Lane> {
    for (;;) {
      if (signal?.aborted) {
        this.#waiting.shift()?.();
        throw new Trouble('cancelled');
      }
      const lane = this.#free.pop();
      if (lane && !lane.ended) return lane;
      if (lane) this.#all.delete(lane);
      else if (this.#all.size + this.#opening < this.#max) {
        const opened = await this.#tryOpen(signal);
        if (opened) return opened;
      } else await this.#turn(signal);
    }
  }

  /** One more lane, or undefined when the guest allows no more than there are. */
  async #tryOpen(signal?: AbortSignal): Promise<Lane | undefined> {
    this.#opening += 1;
    try {
      const lane = await this.#open(signal);
      this.#all.add(lane);
      return lane;
    } catch (error) {
      const others = this.#all.size + this.#opening - 1;
      if (!(error instanceof Trouble && error.code === 'no-session') || this.#all.size === 0) throw error;
      this.#max = others;
      return undefined;
    } finally {
      this.#opening -= 1;
      if (this.#all.size > 0) this.#waiting.shift()?.();
    }
  }

  /** Waits until a lane may have become free. */
  #turn(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        const at = this.#waiting.indexOf(done);
        if (at >= 0) this.#waiting.splice(at, 1);
        resolve();
      };
      this.#waiting.push(done);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }
}
