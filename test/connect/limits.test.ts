import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { connectSsh } from '../../electron/connect/ssh-guest.ts';
import { plainSettings } from '../../electron/connect/ssh-settings.ts';

const NOTHING = { ...plainSettings('x', {}), keys: [], agents: [] };

/** Listens with the shortest queue there is, and prints the port. */
const LISTENER = `const server = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 },
  () => console.log(server.address().port))`;

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function login(port: number): Promise<unknown> {
  const places = { pinId: 'x', pinFile: '/nowhere/pins.json', sources: NOTHING };
  const tried = connectSsh({ host: '127.0.0.1', port, user: 'dev', label: 'x', ...places });
  return tried.then(
    () => 'in',
    ({ code, facts }) => ({ code, ...facts }),
  );
}

describe('nobody waits for ever', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('for a machine that does not take the connection', async () => {
    // A stopped process takes nothing from its queue; when that is full, the kernel drops what comes.
    const child = spawn(process.execPath, ['-e', LISTENER], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const port = Number(String(await once(child.stdout, 'data')));
    child.kill('SIGSTOP');
    const queued = [1, 2, 3, 4].map(() => connect(port, '127.0.0.1'));
    onTestFinished(() => queued.forEach((socket) => void socket.destroy()));
    for (const socket of queued.slice(0, 2)) if (socket.connecting) await once(socket, 'connect');
    const said = login(port);
    while (vi.getTimerCount() === 0) await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await said).toEqual({ code: 'connect-timeout', host: '127.0.0.1', port });
  });

  it('for one that says nothing, as VirtualBox’s NAT does for a guest that is not up', async () => {
    const mute = createServer();
    const port = await listening(mute);
    const said = login(port);
    await once(mute, 'connection');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await said).toMatchObject({ code: 'connect-not-ssh', got: 'nothing' });
  });

  it('for one that stops half-way through the handshake', async () => {
    const stalled = createServer((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'));
    const port = await listening(stalled);
    const said = login(port);
    const [socket] = (await once(stalled, 'connection')) as [Socket];
    // Its greeting was taken: what comes now is the client's.
    await once(socket, 'data');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await said).toEqual({ code: 'connect-timeout', host: '127.0.0.1', port });
  });
});
