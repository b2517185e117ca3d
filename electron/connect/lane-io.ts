import type { Readable, Writable } from 'node:stream';
import type { TroubleFacts } from '../../shared/trouble.ts';

/** Why a connection that stood is there no more. */
export type Loss = TroubleFacts['connection-lost'];

/** How a shell ended. */
export interface LaneEnd {
  /** Why, as far as it is known. */
  loss: Loss;
  /** It went with the whole connection, and not by itself. */
  linkLost: boolean;
}

/** One shell in the guest, however it is reached: three byte streams. */
export interface LaneIo {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Called once when the shell's output is over. */
  onClose(listener: (end: LaneEnd) => void): void;
  /** Closes all three; the guest side takes that as the order to kill what runs. */
  close(): void;
}
