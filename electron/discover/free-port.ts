import { createServer } from 'node:net';
import type { Machine } from '../../shared/machine.ts';

/** Where a forward for SSH is looked for first, as most guides have it. */
export const USUAL_PORT = 2222;
/** Beyond so many the system may choose. */
const TRIED = 100;

/** Is there a forward of any of these machines, running or not, on this port? */
function isClaimed(port: number, machines: readonly Machine[]): boolean {
  return machines.some(({ nics }) => nics.some(({ forwards }) => forwards.some((f) => f.hostPort === port)));
}

/** A port for a forward that no forward of these machines claims; whether something else has it is not looked at. */
export function unclaimedPort(machines: readonly Machine[], first = USUAL_PORT): number {
  let port = first;
  while (isClaimed(port, machines)) port += 1;
  return port;
}

/**
 * A TCP port of 127.0.0.1 that nobody listens on and no forward of any machine claims: VirtualBox adds a rule on a port
 * that is taken without a word, and nothing comes through.
 */
export async function freePort(machines: readonly Machine[], first = USUAL_PORT): Promise<number> {
  for (let n = 0, port = first; n < TRIED; n += 1, port += 1) {
    port = unclaimedPort(machines, port);
    if ((await listenOn(port)) !== undefined) return port;
  }
  return (await listenOn(0)) ?? first;
}

/** Listens for a moment; gives the port, or undefined when it is taken. */
function listenOn(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
