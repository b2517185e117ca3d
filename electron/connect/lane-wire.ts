import { Trouble } from '../../shared/trouble.ts';
import type { LaneIo } from './lane-io.ts';

/** Gets the bytes of one output; returns true when it wants no more. */
export type Taker = (chunk: Buffer) => boolean;

/** Text kept of a shell's stderr while it starts, for the message when it fails. */
const NOTE_LIMIT = 4000;

/** A shell's three streams with one taker at a time on each output; what nobody takes is dropped. */
export class LaneWire {
  readonly #io: LaneIo;
  #takeOut: Taker | undefined;
  #takeErr: Taker | undefined;
  #onEnd: ((trouble: Trouble) => void) | undefined;
  #ended: Trouble | undefined;
  /** The last stderr that came while nobody took it. */
  notes = '';
  /** The shell went with the whole connection. */
  linkLost = false;

  constructor(io: LaneIo) {
    this.#io = io;
    io.stdout.on('data', (chunk: Buffer) => {
      if (this.#takeOut?.(chunk)) this.#takeOut = undefined;
    });
    io.stderr.on('data', (chunk: Buffer) => {
      if (this.#takeErr === undefined) this.notes = (this.notes + chunk.toString('utf8')).slice(-NOTE_LIMIT);
      else if (this.#takeErr(chunk)) this.#takeErr = undefined;
    });
    // A broken pipe is told by onClose; without listeners it would be an uncaught exception.
    for (const stream of [io.stdin, io.stdout, io.stderr]) stream.on('error', () => {});
    io.onClose(({ loss, linkLost }) => {
      this.linkLost = linkLost;
      this.#end(new Trouble('connection-lost', loss));
    });
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** Sets who gets the outputs, and who is told when the shell is gone (at once, if it is already). */
  take(
    out: Taker | undefined,
    err: Taker | undefined,
    onEnd: ((trouble: Trouble) => void) | undefined,
  ): void {
    this.#takeOut = out;
    this.#takeErr = err;
    this.#onEnd = onEnd;
    if (this.#ended) onEnd?.(this.#ended);
  }

  write(text: string): void {
    if (this.#io.stdin.writable) this.#io.stdin.write(text);
  }

  /** Stops and restarts reading; the guest's writers block meanwhile. */
  pause(): void {
    if (this.#ended) return;
    this.#io.stdout.pause();
    this.#io.stderr.pause();
  }

  resume(): void {
    this.#io.stdout.resume();
    this.#io.stderr.resume();
  }

  close(why: Trouble): void {
    if (this.#ended) return;
    this.#end(why);
    this.take(undefined, undefined, undefined);
    // What nobody reads is never over, and a channel is gone only once it is over.
    this.resume();
    this.#io.close();
  }

  #end(trouble: Trouble): void {
    if (this.#ended) return;
    this.#ended = trouble;
    this.#onEnd?.(trouble);
  }
}
