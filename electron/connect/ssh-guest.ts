import { Trouble } from '../../shared/trouble.ts';
import type { AskSecret } from './ask-secret.ts';
import type { Command, Guest } from './guest.ts';
import { Lane } from './lane.ts';
import { LanePool } from './lane-pool.ts';
import { type LaneOptions, type LimitMode, startLane } from './lane-start.ts';
import { laneStream, type StreamOpener } from './lane-stream.ts';
import type { LaneWire } from './lane-wire.ts';
import { refusedAnswer } from './refused.ts';
import { type FoundRoot, findRoot } from './root-access.ts';
import { EXEC_RUNNER, LOGIN_LINE, STREAM_RUNNER } from './runner-sh.ts';
import { type SshConnection, sshConnection } from './ssh-connection.ts';
import type { SshTarget } from './ssh-target.ts';
import { type AskPassword, SudoRefusal } from './sudo.ts';

/** sshd allows 10 sessions a connection (MaxSessions): 4 for root, 2 for the user where that is
 * another, the rest for streams. */
const LANES = 4;
const USER_LANES = 2;

export interface SshGuestOptions extends SshTarget {
  /** Asked only if sudo wants a password, `tries` times at most. */
  sudoPassword?: AskSecret | undefined;
  label: string;
  signal?: AbortSignal | undefined;
}

/**
 * Connects to a machine over SSH and finds out how to be root there. The signal ends the connecting only; the guest
 * lives until `close()`. Throws Troubles: `connect-*`, `auth-failed`, `key-*`, `host-key-changed`, `no-session`,
 * `cancelled`.
 */
export async function connectSsh(options: SshGuestOptions): Promise<Guest> {
  const connection = await sshConnection(options, options.signal);
  try {
    return await openGuest(connection, options);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function openGuest(connection: SshConnection, options: SshGuestOptions): Promise<Guest> {
  const { label, signal, sudoPassword } = options;
  let mode: LimitMode = 'auto';
  let wires: LaneWire[] = [];
  const start = async (more: Pick<LaneOptions, 'runner' | 'variables' | 'sudo'>, s?: AbortSignal) => {
    const lane = await startLane(await connection.shell(LOGIN_LINE), { mode, overSsh: true, ...more }, s);
    wires = [...wires.filter((wire) => !wire.ended), lane.wire];
    return lane;
  };
  const openUser = async (s?: AbortSignal) => new Lane(await start({ runner: EXEC_RUNNER }, s));
  const openRoot = async (ask: AskPassword | undefined, s?: AbortSignal) =>
    new Lane(await start({ runner: EXEC_RUNNER, sudo: { ask } }, s));

  const first = await start({ runner: EXEC_RUNNER }, signal);
  mode = first.mode;
  const found: FoundRoot =
    first.uid === 0
      ? { root: { how: 'login' } }
      : await findRoot(sudoPassword, (ask) => openRoot(ask, signal), options.tries);
  const { root, lane, ask } = found;
  const userPool = new LanePool(openUser, lane ? USER_LANES : LANES, new Lane(first));
  const rootPool = lane ? new LanePool((s) => openRoot(ask, s).catch(noLonger), LANES, lane) : userPool;
  const refused = (command: Command) => command.asRoot === true && root.how === 'none';

  return {
    label,
    root,
    exec: async (command, s) => {
      if (refused(command)) return refusedAnswer();
      return (command.asRoot ? rootPool : userPool).run(command, s);
    },
    stream: (command, s) => {
      const sudo = command.asRoot && lane ? { sudo: { ask } } : {};
      const open: StreamOpener = (variables, s2) =>
        start({ runner: STREAM_RUNNER, variables, ...sudo }, s2).catch(noLonger);
      return laneStream(command, refused(command) ? undefined : open, s);
    },
    close: () => {
      // Each by itself: a lane whose output nobody pulls is over only when it is read to its end.
      for (const wire of wires) wire.close(new Trouble('connection-lost'));
      return connection.close();
    },
  };
}

/** sudo let us in before: that it does not now is no answer that a caller could expect. */
function noLonger(error: unknown): never {
  if (error instanceof SudoRefusal) throw new Trouble('no-session', { detail: error.root.detail });
  throw error;
}
