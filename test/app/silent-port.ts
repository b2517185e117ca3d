import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A port where somebody accepts and never says a word: a run there is busy until it is stopped. It ends with the test. */
export async function silentPort(): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
