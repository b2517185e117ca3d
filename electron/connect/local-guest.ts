import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Trouble } from '../../shared/trouble.ts';
import { childIo } from './child-io.ts';
import type { Guest, RootAccess } from './guest.ts';
import { Lane } from './lane.ts';
import { LanePool } from './lane-pool.ts';
import { type LimitMode, startLane } from './lane-start.ts';
import { laneStream } from './lane-stream.ts';
import { refusedAnswer } from './refused.ts';
import { EXEC_RUNNER, FIRST_LINE, STREAM_RUNNER } from './runner-sh.ts';

const LANES = 4;
const CLOSE_MS = 3000;

export interface LocalGuestOptions {
  /** The shell that runs the runner, as argv; it gets `-c` and a line. Default /bin/sh. */
  shell?: readonly string[];
  /** How time limits are kept; found out by default. */
  mode?: LimitMode;
}

/** This Linux host as a guest, for servers and for tests. Root only when Culprit itself runs as root. */
export async function localGuest(options: LocalGuestOptions = {}): Promise<Guest> {
  const [shell = '/bin/sh', ...args] = options.shell ?? [];
  const children = new Map<ChildProcessWithoutNullStreams, Promise<void>>();
  let mode = options.mode ?? 'auto';
  let closed = false;
  const start = async (runner: string, variables: Record<string, string>, signal?: AbortSignal) => {
    if (closed) throw new Trouble('connection-lost');
    // A session of its own, as sshd makes one for a command: that is how the runner knows what is ours.
    const child = spawn(shell, [...args, '-c', FIRST_LINE], {
      detached: true,
      cwd: '/',
    });
    const gone = new Promise<void>((done) => child.once('close', () => done()));
    children.set(child, gone);
    void gone.then(() => children.delete(child));
    return startLane(childIo(child), { runner, mode, overSsh: false, variables }, signal);
  };
  const first = await start(EXEC_RUNNER, {});
  mode = first.mode;
  const pool = new LanePool(
    async (signal) => new Lane(await start(EXEC_RUNNER, {}, signal)),
    LANES,
    new Lane(first),
  );
  const root: RootAccess =
    process.getuid?.() === 0
      ? { how: 'login' }
      : { how: 'none', why: 'not-root', detail: 'Culprit itself does not run as root' };

  return {
    label: 'this computer',
    root,
    exec: async (command, signal) => {
      if (command.asRoot && root.how === 'none') return refusedAnswer();
      return pool.run(command, signal);
    },
    stream: (command, signal) => {
      const refused = command.asRoot && root.how === 'none';
      return laneStream(
        command,
        refused ? undefined : (variables, s) => start(STREAM_RUNNER, variables, s),
        signal,
      );
    },
    close: async () => {
      closed = true;
      for (const child of children.keys()) child.stdin.end();
      const timer = setTimeout(() => {
        for (const child of children.keys()) child.kill('SIGKILL');
      }, CLOSE_MS);
      await Promise.all(children.values());
      clearTimeout(timer);
    },
  };
}
