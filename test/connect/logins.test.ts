import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { connectSsh, type SshGuestOptions } from '../../electron/connect/ssh-guest.ts';
import { plainSettings } from '../../electron/connect/ssh-settings.ts';
import type { KeySources } from '../../electron/connect/ssh-target.ts';
import { Accounts, canHaveAccounts, PASSWORD } from './accounts.ts';
import { until } from './processes.ts';
import { securityKey } from './security-key.ts';
import { hasSshd, TestSshd } from './sshd.ts';

const NOTHING = { ...plainSettings('x', {}), keys: [], agents: [], onlyThese: true };

describe.skipIf(!canHaveAccounts)('a real sshd that wants a password', () => {
  let accounts: Accounts | undefined;
  afterEach(() => accounts?.remove());

  const login = async (sshd: string[], answers: string[]) => {
    const made = await new Accounts().start([{ name: 'c-dev', shell: '/bin/sh' }], { sshd });
    accounts = made;
    const asked: boolean[] = [];
    const guest = await connectSsh(
      made.sshd.options({
        user: 'c-dev',
        identityFile: sshd.join().includes('publickey') ? made.sshd.key : undefined,
        sources: NOTHING,
        tries: 3,
        password: async (again) => {
          asked.push(again);
          return answers.shift();
        },
        answer: async ({ prompt }) => {
          throw new Error(`asked for ${prompt}`);
        },
      }),
    );
    await guest.close();
    return asked;
  };

  it('takes it, and asks again for a wrong one', async () => {
    expect(await login(['KbdInteractiveAuthentication no'], ['wrong', PASSWORD])).toEqual([false, true]);
  });

  it('may ask for it through PAM', async () => {
    const sshd = ['UsePAM yes', 'PasswordAuthentication no', 'KbdInteractiveAuthentication yes'];
    expect(await login(sshd, ['wrong', PASSWORD])).toEqual([false, true]);
  });

  it('may want a key before', async () => {
    expect(await login(['AuthenticationMethods publickey,password'], [PASSWORD])).toEqual([false]);
  });
});

describe.skipIf(!hasSshd)('keys of an agent', () => {
  async function agentWith(dir: string, right: string): Promise<string> {
    const socket = join(dir, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    onTestFinished(() => void agent.kill());
    await until(() => existsSync(socket), 10_000);
    const env = { ...process.env, SSH_AUTH_SOCK: socket };
    for (let n = 0; n < 4; n += 1) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(dir, `other-${n}`)]);
      execFileSync('ssh-add', ['-q', join(dir, `other-${n}`)], { env, stdio: 'ignore' });
    }
    execFileSync('ssh-add', ['-q', right], { env, stdio: 'ignore' });
    return socket;
  }

  it('may be too many for a server, which is told; the one that is named is tried first', async () => {
    const sshd = await new TestSshd().start(['MaxAuthTries 2']);
    onTestFinished(() => sshd.remove());
    const agents = [await agentWith(sshd.dir, sshd.key)];
    const sources = { ...NOTHING, agents, onlyThese: false };
    await expect(connectSsh(sshd.options({ identityFile: undefined, sources }))).rejects.toMatchObject({
      code: 'auth-too-many',
      facts: { tried: ['ssh-agent'] },
    });
    // Only the public half lies in the file, as with a password manager.
    const named = join(sshd.dir, 'named.pub');
    copyFileSync(`${sshd.key}.pub`, named);
    for (const onlyThese of [true, false]) {
      const some = { ...NOTHING, agents, keys: [named], keysChosen: true, onlyThese };
      await (await connectSsh(sshd.options({ identityFile: undefined, sources: some }))).close();
    }
    await (
      await connectSsh(sshd.options({ identityFile: named, sources: { ...sources, keys: [] } }))
    ).close();
    rmSync(named);
    const none = { ...NOTHING, agents, keys: [named], keysChosen: true };
    await expect(connectSsh(sshd.options({ identityFile: undefined, sources: none }))).rejects.toMatchObject({
      code: 'auth-failed',
    });
  });

  describe('where a certificate is wanted', () => {
    let sshd: TestSshd;
    beforeEach(async () => {
      sshd = new TestSshd();
      const ca = join(sshd.dir, 'ca');
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', ca]);
      await sshd.start([`TrustedUserCAKeys ${ca}.pub`, 'AuthorizedKeysFile none']);
      execFileSync('ssh-keygen', ['-q', '-s', ca, '-I', 'me', '-n', userInfo().username, `${sshd.key}.pub`]);
    });
    afterEach(() => sshd.remove());
    const certificate = { en: expect.stringContaining('a certificate, which Culprit can’t use') };

    it('are no help, and that is said, whatever names the certificate', async () => {
      const at = `${sshd.key}-cert.pub`;
      // It is what the server wants: ssh gets in by it.
      const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'];
      const flags = ['-F', 'none', '-i', sshd.key, '-p', String(sshd.port)];
      execFileSync('ssh', [...flags, ...options.flatMap((one) => ['-o', one]), '127.0.0.1', 'true']);
      const moved = join(sshd.dir, 'mine');
      copyFileSync(at, moved);
      const cases: [string, Partial<SshGuestOptions>][] = [
        [at, {}],
        [at, { identityFile: undefined, sources: { ...NOTHING, keys: [sshd.key], keysChosen: true } }],
        [at, { identityFile: at }],
        [moved, { sources: { ...NOTHING, certificates: [moved] } }],
      ];
      for (const [found, more] of cases) {
        await expect(connectSsh(sshd.options({ sources: NOTHING, ...more }))).rejects.toMatchObject({
          code: 'auth-failed',
          facts: { unused: { at: found, detail: certificate } },
        });
      }
    });

    it('that an agent has are told of, too', async () => {
      // Adds the certificate with the key that it lies beside.
      const agents = [await agentWith(sshd.dir, sshd.key)];
      const sources = { ...NOTHING, agents, onlyThese: false };
      await expect(connectSsh(sshd.options({ identityFile: undefined, sources }))).rejects.toMatchObject({
        code: 'auth-failed',
        facts: { tried: ['ssh-agent'], unused: { at: 'ssh-agent', detail: certificate } },
      });
    });
  });

  it('on a security key are told of, in a file and in an agent', async () => {
    const sshd = await new TestSshd().start(['AuthorizedKeysFile none']);
    onTestFinished(() => sshd.remove());
    const path = securityKey(join(sshd.dir, 'id_ed25519_sk'));
    const detail = { en: expect.stringContaining('FIDO') };
    await expect(connectSsh(sshd.options({ identityFile: path, sources: NOTHING }))).rejects.toMatchObject({
      code: 'key-unreadable',
      facts: { file: path, detail },
    });
    const agents = [await agentWith(sshd.dir, path)];
    const cases: [string, KeySources][] = [
      [path, { ...NOTHING, keys: [path] }],
      ['ssh-agent', { ...NOTHING, agents, onlyThese: false }],
    ];
    for (const [at, sources] of cases) {
      await expect(connectSsh(sshd.options({ identityFile: undefined, sources }))).rejects.toMatchObject({
        code: 'auth-failed',
        facts: { unused: { at, detail } },
      });
    }
  });
});
