import type { Client, ClientCallback, ClientChannel } from 'ssh2';
import { Trouble } from '../../shared/trouble.ts';
import type { SshLink } from './ssh-target.ts';

/**
 * Opens a channel of a link in the way that `open` has. Rejects with `connection-lost` where the link is over or ends
 * meanwhile, with `cancelled`, and with what `refused` makes of ssh2's error where the other side will not.
 */
export function openChannel(
  { client, isOver, loss }: SshLink,
  open: (client: Client, done: ClientCallback) => void,
  refused: (error: Error) => Trouble,
  signal?: AbortSignal,
): Promise<ClientChannel> {
  return new Promise<ClientChannel>((resolve, reject) => {
    const lost = () => void loss.then((facts) => reject(new Trouble('connection-lost', facts)));
    const abort = () => reject(new Trouble('cancelled'));
    if (signal?.aborted) return abort();
    if (isOver()) return lost();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      open(client, (error, channel) => {
        signal?.removeEventListener('abort', abort);
        if (!error) resolve(channel);
        else if (isOver()) lost();
        else reject(refused(error));
      });
    } catch {
      // ssh2 throws once the other side has ended, some moments before it says that the connection is closed.
      lost();
    }
  });
}

/** For a machine that lets us in and starts nothing. */
export function noSession(error: Error): Trouble {
  return new Trouble('no-session', { detail: error.message }, { cause: error });
}
