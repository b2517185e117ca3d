import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

interface SilentPort {
  port: number;
  /** How many connections are open now. */
  connections(): number;
}

/** A port where somebody accepts and never says a word: a run there is busy until it is stopped. It ends with the test. */
export async function silentPort(): Promise<SilentPort> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    // what comes is read, or the other side's end would not be seen
    socket.resume();
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    connections: () => sockets.size,
  };
}
