import type { ClientChannel } from 'ssh2';
import type { LaneEnd, LaneIo } from './lane-io.ts';
import { noSession, openChannel } from './ssh-channel.ts';
import { sshLink } from './ssh-link.ts';
import type { SshLink, SshTarget } from './ssh-target.ts';

const CLOSE_MS = 3000;
/** After so many milliseconds it was the shell alone that ended. */
const ALONE_MS = 300;

/** An authenticated SSH connection that runs shells. */
export interface SshConnection {
  shell(line: string): Promise<LaneIo>;
  /** Resolves when everything is closed. */
  close(): Promise<void>;
}

/** Connects, checks the host's key before any secret is sent, and authenticates. Throws only Troubles. */
export async function sshConnection(target: SshTarget, signal?: AbortSignal): Promise<SshConnection> {
  return connectionOf(await sshLink(target, signal));
}

function connectionOf(link: SshLink): SshConnection {
  const { client, closed, isOver, loss } = link;
  const open = new Map<ClientChannel, Promise<void>>();
  /** In a guest that shuts down shells end first, and the connection right after them. */
  const ended = async (): Promise<LaneEnd> => {
    if (!isOver()) await within(ALONE_MS, closed);
    return isOver() ? { loss: await loss, linkLost: true } : { loss: { why: 'shell' }, linkLost: false };
  };
  return {
    shell: async (line) => {
      const channel = await openChannel(link, (ssh, opened) => ssh.exec(line, opened), noSession);
      const gone = bothClosed(channel);
      open.set(channel, gone);
      void gone.then(() => open.delete(channel));
      return channelIo(channel, gone.then(ended));
    },
    close: async () => {
      const timer = setTimeout(() => client.destroy(), CLOSE_MS);
      for (const channel of open.keys()) channel.end();
      await Promise.race([Promise.all(open.values()), closed]);
      if (!isOver()) client.end();
      await closed;
      clearTimeout(timer);
    },
  };
}

/** ssh2 closes stdout and stderr each when it was read to its end; neither alone means that both are over. */
async function bothClosed(channel: ClientChannel): Promise<void> {
  await Promise.all([channel, channel.stderr].map((s) => new Promise<void>((done) => s.once('close', done))));
}

/** Resolves when the promise does, and at the latest after so many milliseconds. */
async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

function channelIo(channel: ClientChannel, gone: Promise<LaneEnd>): LaneIo {
  return {
    stdin: channel.stdin,
    stdout: channel.stdout,
    stderr: channel.stderr,
    onClose: (listener) => {
      void gone.then(listener);
    },
    close: () => channel.end(),
  };
}
