import { connect } from 'node:net';

/** Everything that is asked is on this computer, or a virtual wire away. Milliseconds. */
const PATIENCE_MS = 1500;

/** Does an SSH server introduce itself there? VirtualBox's NAT accepts for any guest, so only its first bytes count. */
export function sshGreets(host: string, port: number, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const done = (greets: boolean) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      socket.destroy();
      resolve(greets);
    };
    const stop = () => done(false);
    const timer = setTimeout(stop, PATIENCE_MS);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    socket.once('error', stop).once('close', stop);
    socket.once('data', (first) => done(first.toString('latin1', 0, 4) === 'SSH-'));
  });
}
