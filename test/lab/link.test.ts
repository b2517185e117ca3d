import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Link } from './host/link.ts';

let servers: Server[] = [];
let client: Socket;
let guest: Socket;
let link: Link;

async function listen(take: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, take);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

beforeEach(async () => {
  servers = [];
  const guestPort = await listen((socket) => {
    guest = socket.on('error', () => undefined);
    guest.write('hello');
  });
  const outside = await listen((socket) => {
    link = new Link(socket, connect({ port: guestPort, host: '127.0.0.1', allowHalfOpen: true }));
  });
  client = connect(outside, '127.0.0.1').on('error', () => undefined);
  await once(client, 'data');
});

afterEach(() => {
  client.destroy();
  guest.destroy();
  for (const server of servers) server.close();
});

it('carries bytes and the end of a stream', async () => {
  client.end('bye');
  expect(String((await once(guest, 'data'))[0])).toBe('bye');
  await once(guest, 'end');
  guest.end();
  await link.closed;
});

it('hides everything while held, even that the client went away', async () => {
  const heard: string[] = [];
  for (const event of ['data', 'end', 'close']) guest.on(event, () => heard.push(event));
  link.hold();
  client.write('lost?');
  client.destroy();
  await once(client, 'close');
  await new Promise((resolve) => setTimeout(resolve, 50)); // silence has no event to wait for
  expect(heard).toEqual([]);
  link.release();
  await once(guest, 'end');
  expect(heard.slice(0, 2)).toEqual(['data', 'end']);
});

it('resets both sides', async () => {
  const ends = [client, guest].map((socket) => new Promise((resolve) => socket.on('error', resolve)));
  link.reset();
  for (const error of await Promise.all(ends)) expect(error).toMatchObject({ code: 'ECONNRESET' });
});
