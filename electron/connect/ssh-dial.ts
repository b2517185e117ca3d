import type { Duplex } from 'node:stream';
import { Trouble } from '../../shared/trouble.ts';
import { openChannel } from './ssh-channel.ts';
import { greeted, sshSocket } from './ssh-socket.ts';
import type { SshLink } from './ssh-target.ts';

/** SSH_OPEN_ADMINISTRATIVELY_PROHIBITED. */
const FORBIDDEN = 1;

interface Address {
  host: string;
  port: number;
}

/**
 * A stream to an SSH server that has introduced itself, from here or from the host before. Throws the Troubles of `sshSocket`,
 * and `jump-failed` when the host before can't or won't connect there.
 */
export async function dial(
  { host, port }: Address,
  before: SshLink | undefined,
  signal?: AbortSignal,
): Promise<Duplex> {
  if (before === undefined) return sshSocket(host, port, signal);
  return greeted(await throughHost(before, { host, port }, signal), { host, port }, signal);
}

async function throughHost(before: SshLink, { host, port }: Address, signal?: AbortSignal): Promise<Duplex> {
  const refused = (error: Error & { reason?: unknown }) => {
    // OpenSSH says no more than “open failed” then.
    const detail =
      error.reason === FORBIDDEN
        ? 'administratively prohibited'
        : error.message.replace('(SSH) Channel open failure: ', '');
    return new Trouble('jump-failed', { host, port, detail }, { cause: error });
  };
  const channel = await openChannel(
    before,
    (client, opened) => client.forwardOut('127.0.0.1', 0, host, port, opened),
    refused,
    signal,
  );
  // A stream that nobody reads would never be over.
  channel.stderr.resume();
  // A socket ends with its other side, a channel only when it is told to: whoever is at its end would wait for ever.
  channel.once('end', () => channel.destroy());
  return channel;
}
