import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sshIsUp } from '../../electron/connect/ssh-up.ts';

/** A port as VirtualBox's NAT has it: it accepts at once, whatever the guest does. Gives the port and counts callers. */
async function nat(
  answer: (socket: Socket, caller: number) => void,
): Promise<{ port: number; callers(): number }> {
  let callers = 0;
  const server = createServer((socket) => {
    callers += 1;
    socket.on('error', () => {});
    answer(socket, callers);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, callers: () => callers };
}

const place = (port: number) => ({ host: '127.0.0.1', port, label: 'shop' });

describe('waiting for an SSH server', () => {
  it('goes on while connections are accepted and closed, and ends when one introduces itself', async () => {
    const { port, callers } = await nat((socket, caller) => {
      if (caller < 3) socket.destroy();
      else socket.write('SSH-2.0-OpenSSH_9.2\r\n');
    });
    await sshIsUp(place(port), 60);
    expect(callers()).toBe(3);
  });

  it('ends with what it waited for when its time is over', async () => {
    const { port } = await nat((socket) => void socket.destroy());
    await expect(sshIsUp(place(port), 0)).rejects.toMatchObject({
      code: 'ssh-not-up',
      facts: { name: 'shop', host: '127.0.0.1', port, seconds: 0 },
    });
  });

  it('can be cancelled between two tries', async () => {
    const stop = new AbortController();
    const { port } = await nat((socket) => {
      socket.on('close', () => stop.abort());
      socket.destroy();
    });
    await expect(sshIsUp(place(port), 60, stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
