import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noSession, openChannel } from '../../electron/connect/ssh-channel.ts';
import { connectSsh } from '../../electron/connect/ssh-guest.ts';
import { sshLink } from '../../electron/connect/ssh-link.ts';
import { sh } from './conformance.ts';
import { processesWith, uniqueSleep, until } from './processes.ts';
import { hasSshd, Relay, TestSshd } from './sshd.ts';

/** Nine of these without an answer are a lost link; a busy machine must not make one of a pause. */
const keepAliveMs = 400;

describe.skipIf(!hasSshd)('a connection that ends', () => {
  let bastion: TestSshd;
  let sshd: TestSshd;
  beforeAll(async () => {
    [bastion, sshd] = await Promise.all([new TestSshd().start(), new TestSshd().start()]);
  });
  afterAll(() => Promise.all([bastion.remove(), sshd.remove()]));

  /** A guest with a command that runs, what ends it, and what its process is known by. */
  async function busy(port = sshd.port, jump = false) {
    const via = jump ? { ...bastion.options(), keepAliveMs } : undefined;
    const guest = await connectSsh(sshd.options({ port, keepAliveMs, via }));
    const sleep = uniqueSleep();
    const end = guest.exec(sh(`sleep ${sleep}; true`)).catch((error) => error);
    await until(() => processesWith(`sleep\0${sleep}`).length > 0, 5000);
    return { guest, sleep, end };
  }
  const lost = (facts: object) => ({ code: 'connection-lost', facts });

  it('because the guest ended it, as one that reboots does, says so to all that comes after, too', async () => {
    const { guest, end, sleep } = await busy();
    sshd.signalSessions('SIGKILL');
    expect(await end).toMatchObject(lost({ why: 'closed' }));
    await expect(guest.exec(sh('true'))).rejects.toMatchObject(lost({ why: 'closed' }));
    await expect(guest.stream(sh('true')).done).rejects.toMatchObject(lost({ why: 'closed' }));
    await guest.close();
    await until(() => processesWith(sleep).length === 0, 20_000);
  });

  it('says so also to what comes in the moments before it is known to be closed', async () => {
    const link = await sshLink(sshd.options({ keepAliveMs }));
    link.client.end();
    expect(link.isOver()).toBe(false);
    const late = openChannel(link, (client, opened) => client.exec('true', opened), noSession);
    await expect(late).rejects.toMatchObject(lost({ why: 'closed' }));
  });

  it('because it was reset says so', async () => {
    const relay = await new Relay().start(sshd.port);
    const { guest, end } = await busy(relay.port);
    relay.reset();
    expect(await end).toMatchObject(lost({ why: 'reset' }));
    await guest.close();
    relay.stop();
  });

  it('because the guest is stopped says so, and the guest tidies up when it goes on', async () => {
    const { guest, end, sleep } = await busy();
    sshd.signalSessions('SIGSTOP');
    expect(await end).toMatchObject(lost({ why: 'silent' }));
    await guest.close();
    sshd.signalSessions('SIGCONT');
    await until(() => sshd.sessions() + processesWith(sleep).length === 0, 20_000);
  });

  it('because only our shell was ended says so', async () => {
    const { guest, end } = await busy();
    for (const pid of sshd.shells()) process.kill(pid, 'SIGKILL');
    expect(await end).toMatchObject(lost({ why: 'shell' }));
    await guest.close();
  });

  it('because the jump host went says which one', async () => {
    const { guest, end } = await busy(sshd.port, true);
    bastion.signalSessions('SIGKILL');
    expect(await end).toMatchObject(lost({ why: 'jump', detail: `127.0.0.1:${bastion.port}` }));
    await guest.close();
    await until(() => bastion.sessions() + sshd.sessions() === 0, 20_000);
  });

  it('because the jump host is heard of no more says that, and not that it was the guest', async () => {
    const { guest, end } = await busy(sshd.port, true);
    bastion.signalSessions('SIGSTOP');
    expect(await end).toMatchObject(lost({ why: 'jump', detail: `127.0.0.1:${bastion.port}` }));
    await guest.close();
    bastion.signalSessions('SIGCONT');
    await until(() => bastion.sessions() + sshd.sessions() === 0, 20_000);
  });

  it('behind a jump host says when it was the guest', async () => {
    const { guest, end } = await busy(sshd.port, true);
    sshd.signalSessions('SIGKILL');
    expect(await end).toMatchObject(lost({ why: 'closed' }));
    await guest.close();
    await until(() => bastion.sessions() === 0, 20_000);
  });
});

describe.skipIf(!hasSshd)('a guest that is paused and goes on', () => {
  it('answers what was asked before and meanwhile', async () => {
    const sshd = await new TestSshd().start();
    const guest = await connectSsh(sshd.options());
    const before = guest.exec(sh('echo before'));
    const paused = sshd.signalSessions('SIGSTOP');
    await until(() => paused.every((pid) => /\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))), 5000);
    const meanwhile = guest.exec(sh('echo meanwhile'));
    sshd.signalSessions('SIGCONT');
    expect((await before).stdout).toBe('before\n');
    expect((await meanwhile).stdout).toBe('meanwhile\n');
    await guest.close();
    await sshd.remove();
  });
});
