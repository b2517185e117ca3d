import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectSsh } from '../../electron/connect/ssh-guest.ts';
import { wayOfHost } from '../../electron/door/ssh-doors.ts';
import { type StopQuestions, sshTarget } from '../../electron/door/ssh-target.ts';
import { sh } from './conformance.ts';
import { until } from './processes.ts';
import { hasSshd, TestSshd } from './sshd.ts';

describe.skipIf(!hasSshd)('a host of ssh_config behind a jump host', () => {
  let bastion: TestSshd;
  let inner: TestSshd;
  beforeAll(async () => {
    [bastion, inner] = await Promise.all([new TestSshd().start(), new TestSshd().start()]);
    writeFileSync(
      join(inner.dir, 'ssh_config'),
      `
Host inner
  Port ${inner.port}
  IdentityFile ${inner.key}
  ProxyJump bastion
Host shut
  Port 1
  ProxyJump bastion
Host bastion
  Port ${bastion.port}
  IdentityFile ${bastion.key}
Host *
  HostName 127.0.0.1
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile ${join(inner.dir, 'known_hosts')}
`,
    );
  });
  afterAll(() => Promise.all([bastion.remove(), inner.remove()]));

  const pinFile = () => join(inner.dir, 'jump-pins.json');
  const connect = async (name: string, questions: StopQuestions = {}) => {
    const { signal } = new AbortController();
    const configFile = join(inner.dir, 'ssh_config');
    const login = { user: undefined, identityFile: undefined, pinFile: pinFile(), configFile, signal };
    const target = await sshTarget(wayOfHost(name, undefined), { ...login, questions: () => questions });
    return connectSsh({ ...target, label: name });
  };

  it('is reached through it, and both connections end together', async () => {
    const guest = await connect('inner');
    const { stdout } = await guest.exec(sh('echo "$SSH_CONNECTION"'));
    expect(stdout.trim().split(' ')[3]).toBe(String(inner.port));
    expect(bastion.log).toMatch(/Accepted publickey/);
    expect(inner.log).toMatch(/Accepted publickey/);
    const pins = JSON.parse(readFileSync(pinFile(), 'utf8')).hosts;
    const through = `127.0.0.1:${bastion.port}`;
    expect(Object.keys(pins)).toEqual([through, `127.0.0.1:${inner.port} via ${through}`]);
    await guest.close();
    await until(() => bastion.sessions() + inner.sessions() === 0, 10_000);
  });

  it('is accepted without a question when ssh itself knows both keys', async () => {
    const lines = [bastion, inner].map(({ dir, port }) => {
      const key = readFileSync(join(dir, 'host.pub'), 'utf8');
      return `[127.0.0.1]:${port} ${key}`;
    });
    const known = join(inner.dir, 'known_hosts');
    writeFileSync(known, lines.join(''));
    execFileSync('ssh-keygen', ['-q', '-H', '-f', known], { stdio: 'ignore' });
    const before = existsSync(pinFile()) ? readFileSync(pinFile(), 'utf8') : '';
    writeFileSync(pinFile(), '{"version":1,"hosts":{}}');
    const acceptHostKey = async () => {
      throw new Error('asked');
    };
    await (await connect('inner', { acceptHostKey })).close();
    expect(readFileSync(pinFile(), 'utf8')).toBe('{"version":1,"hosts":{}}');
    writeFileSync(pinFile(), before);
  });

  it('shows another key than the one that ssh knows, and leaves when it is not accepted', async () => {
    const known = join(inner.dir, 'known_hosts');
    const wrong = readFileSync(join(bastion.dir, 'host.pub'), 'utf8');
    writeFileSync(known, `[127.0.0.1]:${bastion.port} ${wrong}[127.0.0.1]:${inner.port} ${wrong}`);
    writeFileSync(pinFile(), '{"version":1,"hosts":{}}');
    const seen: unknown[] = [];
    const acceptHostKey = async ({ where }: { where?: string }) => {
      seen.push(where);
      return false;
    };
    const accepted = inner.log.split('Accepted').length;
    await expect(connect('inner', { acceptHostKey })).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual([`${known}:2`]);
    // Without anybody to ask, it is refused, and the file named.
    await expect(connect('inner')).rejects.toMatchObject({
      code: 'host-key-changed',
      facts: { port: inner.port, file: `${known}:2` },
    });
    writeFileSync(known, `@revoked * ${readFileSync(join(inner.dir, 'host.pub'), 'utf8')}`);
    await expect(connect('inner')).rejects.toMatchObject({ code: 'host-key-revoked' });
    expect(inner.log.split('Accepted').length).toBe(accepted);
    writeFileSync(known, '');
    await until(() => bastion.sessions() === 0, 10_000);
  });

  it('tells a jump host that has no way on, and one that forbids it', async () => {
    await expect(connect('shut')).rejects.toMatchObject({
      code: 'jump-failed',
      facts: { host: '127.0.0.1', port: 1, detail: expect.stringMatching(/refused/i) },
    });
    await bastion.stop();
    await bastion.start(['AllowTcpForwarding no']);
    await expect(connect('inner')).rejects.toMatchObject({
      code: 'jump-failed',
      facts: { port: inner.port, detail: expect.stringMatching(/prohibited/i) },
    });
  });
});
