import type { Text } from '../../shared/text.ts';

/** What Culprit asks of a guest: one POSIX sh script, with its purpose in words for the run log. */
export interface Command {
  /** Why this is run, in a few words ("Docker's networks"). */
  purpose: Text;
  /** POSIX sh. Build argv parts with `quote()` from quote.ts; never paste untrusted text. */
  script: string;
  /** Needs root. On a guest without root the answer is `refused`, nothing is run. */
  asRoot?: boolean;
  /** Milliseconds, at most `MAX_COMMAND_MS`; the guest itself ends the command then, link or no link. Default 20,000. */
  timeoutMs?: number;
  /** Bytes of stdout kept (stderr: 64 KiB). Default 8 MiB. */
  maxBytes?: number;
}

/**
 * No command may take longer than this. What the link's death leaves running is ended much sooner, by the lane's own
 * watch in the guest.
 */
export const MAX_COMMAND_MS = 40_000;

export interface Answer {
  /** Exit status; 124 when the time limit ended it, -1 when it was refused. A non-zero exit is an answer, not an error. */
  code: number;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  /** More was printed than `maxBytes`: the rest is gone. */
  truncated: boolean;
  /** Why it was not run at all. */
  refused?: 'no-root';
  /** Wall time in milliseconds, as seen from here. */
  ms: number;
}

/** A line of a running command. `out` and `err` are ordered within themselves, not with each other. */
export interface StreamLine {
  from: 'out' | 'err';
  text: string;
}

/**
 * A command that is still running. Pull its lines; the guest is paused when nobody pulls. Whoever leaves the loop over
 * `lines` early ends the command, and `done` rejects with `cancelled`, as when the signal aborts.
 */
export interface GuestStream {
  readonly lines: AsyncIterable<StreamLine>;
  /** Writes to the command's standard input. */
  write(text: string): void;
  /** Ends the command's standard input. */
  end(): void;
  /** Settles when the command is over; stdout and stderr are empty here (they went through `lines`). */
  readonly done: Promise<Answer>;
}

/** `only-doas`, `only-su`: there is no sudo, but that. `failed`: sudo itself does not work. `not-root`: this computer is the guest. */
export const NO_ROOT_WHYS = [
  'no-sudo',
  'only-doas',
  'only-su',
  'not-allowed',
  'password-needed',
  'wrong-password',
  'requiretty',
  'failed',
  'not-root',
] as const;
export type NoRootWhy = (typeof NO_ROOT_WHYS)[number];

/** Whether commands can run as root, and if not, why. */
export type RootAccess =
  | { how: 'login' | 'sudo' }
  | {
      how: 'none';
      why: NoRootWhy;
      /** sudo's own words, or those of the shell that did not find it. */
      detail: string;
    };

/**
 * The narrow door to a connected machine. Only a broken connection throws (`Trouble` with code `connection-lost`), or
 * an aborted signal (`cancelled`); and, rarely, `no-session` when the guest gives a stream no room of its own. What a
 * command leaves running ends with it. Whatever runs is ended by the guest itself when the link dies.
 */
export interface Guest {
  readonly label: string;
  readonly root: RootAccess;
  exec(command: Command, signal?: AbortSignal): Promise<Answer>;
  stream(command: Command, signal?: AbortSignal): GuestStream;
  close(): Promise<void>;
}
