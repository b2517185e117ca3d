import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { connectSsh } from '../../electron/connect/ssh-guest.ts';
import { plainSettings } from '../../electron/connect/ssh-settings.ts';
import { Accounts, canHaveAccounts, PASSWORD } from './accounts.ts';
import { until } from './processes.ts';
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

  it('are no help where a certificate is wanted, and that is said', async () => {
    const sshd = new TestSshd();
    const ca = join(sshd.dir, 'ca');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', ca]);
    await sshd.start([`TrustedUserCAKeys ${ca}.pub`, 'AuthorizedKeysFile none']);
    onTestFinished(() => sshd.remove());
    execFileSync('ssh-keygen', ['-q', '-s', ca, '-I', 'me', '-n', 'root', `${sshd.key}.pub`]);
    await expect(connectSsh(sshd.options({ sources: NOTHING }))).rejects.toMatchObject({
      code: 'auth-failed',
      facts: { certificate: `${sshd.key}-cert.pub` },
    });
  });
});
