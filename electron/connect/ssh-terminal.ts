import { StringDecoder } from 'node:string_decoder';
import type { ClientChannel } from 'ssh2';
import { Trouble } from '../../shared/trouble.ts';
import type { Pty, PtyEnd, PtySize } from './pty.ts';
import { noSession, openChannel } from './ssh-channel.ts';
import { sshLink } from './ssh-link.ts';
import type { SshLink, SshTarget } from './ssh-target.ts';

const CLOSE_MS = 3000;
/** Characters that wait for a guest that does not take its input; what is typed beyond that is lost. */
const MOST_WAITING = 4_000_000;
export const TERM = 'xterm-256color';

/**
 * Opens a login shell with a terminal on a machine, on a connection of its own: no run depends on it. When the connection
 * goes, however it goes, sshd hangs the terminal up, and what runs in it ends. The signal ends the opening only. Throws
 * Troubles, those of `sshConnection` and `no-session`.
 */
export async function openSshTerminal(target: SshTarget, size: PtySize, signal?: AbortSignal): Promise<Pty> {
  const link = await sshLink(target, signal);
  try {
    return ptyOf(link, await openShell(link, size, signal));
  } catch (error) {
    link.client.destroy();
    throw error;
  }
}

function openShell(link: SshLink, size: PtySize, signal?: AbortSignal): Promise<ClientChannel> {
  const window = { ...size, width: 0, height: 0, term: TERM };
  return openChannel(link, (client, opened) => client.shell(window, opened), noSession, signal);
}

function ptyOf({ client, closed, isOver }: SshLink, channel: ClientChannel): Pty {
  const decoder = new StringDecoder('utf8');
  let over = false;
  let end: PtyEnd | undefined;
  let told: ((end: PtyEnd) => void) | undefined;
  channel.once('exit', (code: number | null, signal?: string) => {
    end = code === null ? { signal: signal ?? '' } : { code };
  });
  // A terminal has no error stream of its own, but a stream that nobody reads would never be over.
  channel.stderr.resume();
  channel.once('close', () => {
    over = true;
    if (!isOver()) client.end();
    told?.(end ?? { trouble: new Trouble('shell-cut-off') });
  });
  return {
    onData: (listener) => {
      channel.on('data', (chunk: Buffer) => {
        const text = decoder.write(chunk);
        if (text !== '') listener(text);
      });
    },
    onEnd: (listener) => {
      told = listener;
    },
    write: (text) => {
      if (!over && channel.writable && channel.writableLength < MOST_WAITING) channel.write(text);
    },
    resize: ({ cols, rows }) => {
      if (!over) channel.setWindow(rows, cols, 0, 0);
    },
    pause: () => {
      channel.pause();
    },
    resume: () => {
      channel.resume();
    },
    close: async () => {
      told = undefined;
      const late = setTimeout(() => client.destroy(), CLOSE_MS);
      // Unread output would keep the channel from closing.
      channel.resume();
      if (!over) channel.close();
      if (!isOver()) client.end();
      await closed;
      clearTimeout(late);
    },
  };
}
