import { setTimeout as rest } from 'node:timers/promises';
import { Trouble } from '../../shared/trouble.ts';
import { sshSocket } from './ssh-socket.ts';

/** Between two tries, in milliseconds. */
const REST_MS = 1000;

interface Place {
  host: string;
  port: number;
  /** What the machine is called. */
  label: string;
}

/**
 * Waits until an SSH server introduces itself at this place: a VM that was just started boots for a while, and NAT accepts
 * connections before the guest does. Throws Troubles `ssh-not-up` after `seconds`, and `cancelled`.
 */
export async function sshIsUp(
  { host, port, label }: Place,
  seconds: number,
  signal?: AbortSignal,
): Promise<void> {
  const late = performance.now() + seconds * 1000;
  for (;;) {
    try {
      (await sshSocket(host, port, signal)).destroy();
      return;
    } catch (error) {
      if (!(error instanceof Trouble) || error.code === 'cancelled') throw error;
      if (performance.now() >= late)
        throw new Trouble('ssh-not-up', { host, port, name: label, seconds }, { cause: error });
    }
    await rest(REST_MS, undefined, signal && { signal }).catch(() => {
      throw new Trouble('cancelled');
    });
  }
}
