import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SshGuestOptions } from '../../electron/connect/ssh-guest.ts';
import { connectSsh } from '../../electron/connect/ssh-guest.ts';
import type { HostKeyQuestion } from '../../electron/connect/ssh-target.ts';
import { hasSshd, TestSshd } from './sshd.ts';

describe.skipIf(!hasSshd)('a host with a certificate', () => {
  let sshd: TestSshd;
  let questions: HostKeyQuestion[];
  beforeEach(() => {
    sshd = new TestSshd();
    questions = [];
    const keygen = (...args: string[]) => execFileSync('ssh-keygen', ['-q', ...args]);
    for (const name of ['ca', 'host'])
      keygen('-t', 'ed25519', '-N', '', '-C', '', '-f', join(sshd.dir, name));
    keygen('-s', join(sshd.dir, 'ca'), '-I', 'web', '-h', '-n', '127.0.0.1', join(sshd.dir, 'host.pub'));
    const ca = readFileSync(join(sshd.dir, 'ca.pub'), 'utf8');
    writeFileSync(join(sshd.dir, 'known_hosts'), `@cert-authority * ${ca}`);
  });
  afterEach(() => sshd.remove());

  const options = (accept: boolean): SshGuestOptions =>
    sshd.options({
      knownHosts: { name: `[127.0.0.1]:${sshd.port}`, files: [join(sshd.dir, 'known_hosts')], vouches: true },
      acceptHostKey: async (key) => {
        questions.push(key);
        return accept;
      },
    });

  it('is asked about by its plain key, with the word that there is an authority, and pinned by that', async () => {
    await sshd.start([`HostCertificate ${sshd.dir}/host-cert.pub`]);
    // ssh trusts it by its certificate alone.
    const known = ['StrictHostKeyChecking=yes', `UserKnownHostsFile=${sshd.dir}/known_hosts`];
    const flags = ['-F', 'none', '-i', sshd.key, '-p', String(sshd.port)];
    execFileSync('ssh', [...flags, ...known.flatMap((one) => ['-o', one]), '127.0.0.1', 'true']);
    await expect(connectSsh(options(false))).rejects.toMatchObject({ code: 'cancelled' });
    await (await connectSsh(options(true))).close();
    await (await connectSsh(options(false))).close();
    const asked = { is: { type: 'ssh-ed25519' }, was: undefined, authority: true };
    expect(questions).toMatchObject([asked, asked]);
  });

  it('and nothing else is told as one that cannot be checked', async () => {
    const only = 'HostKeyAlgorithms ssh-ed25519-cert-v01@openssh.com';
    await sshd.start([`HostCertificate ${sshd.dir}/host-cert.pub`, only]);
    await expect(connectSsh(options(true))).rejects.toMatchObject({
      code: 'connect-nothing-common',
      facts: { option: 'HostKeyAlgorithms' },
    });
    expect(questions).toEqual([]);
  });
});
