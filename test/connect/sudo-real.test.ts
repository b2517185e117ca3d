import { chmodSync, copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Guest } from '../../electron/connect/guest.ts';
import { recordingGuest } from '../../electron/connect/recording-guest.ts';
import { connectSsh } from '../../electron/connect/ssh-guest.ts';
import { Accounts, canHaveAccounts, PASSWORD, pathWithout, SYSTEM_SHELLS } from './accounts.ts';
import { sh } from './conformance.ts';
import { processesWhoseEnvironmentHas, processesWith } from './processes.ts';

describe.skipIf(!canHaveAccounts)('the real sudo', () => {
  let accounts: Accounts | undefined;
  afterEach(() => accounts?.remove());

  /** Starts a machine with this /etc/sudoers and logs in to it; `asked` counts. */
  async function login(sudoers: string, answers: string[], sshd: string[] = []) {
    accounts = await new Accounts().start(
      ['c-dev', 'c-see'].map((name) => ({ name, shell: '/bin/bash' })),
      { sudoers, sshd },
    );
    const asked: boolean[] = [];
    const guest = await connectSsh(
      accounts.sshd.options({
        user: 'c-dev',
        tries: 3,
        sudoPassword: async (again) => {
          asked.push(again);
          return answers.shift();
        },
      }),
    );
    return { guest, asked };
  }

  async function rootSays(guest: Guest): Promise<string[]> {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => guest.exec(sh('id -u', { asRoot: true }))),
    );
    return answers.map(({ stdout }) => stdout);
  }
  const ZEROS = Array.from({ length: 6 }, () => '0\n');

  it.each([
    ['a prompt of its own', 'Defaults passprompt="[%h] Passwort für %p bitte: "'],
    ['a lecture before it', 'Defaults lecture=always'],
    ['a terminal of its own for the command', 'Defaults use_pty'],
    ['no memory of passwords', 'Defaults timestamp_timeout=0'],
  ])('is answered once where it has %s, and never again', async (_, defaults) => {
    const { guest, asked } = await login(`${defaults}\nc-dev ALL=(ALL) ALL`, [PASSWORD]);
    expect(guest.root).toEqual({ how: 'sudo' });
    // Several at once, each with a sudo of its own.
    expect(await rootSays(guest)).toEqual(ZEROS);
    // No process has it in its words or its environment, no log and no recording has it at all.
    const recorded = recordingGuest(guest, { culprit: '0', machine: {} });
    await recorded.exec(sh('env; ps -ef; sudo -n -l', { asRoot: true }));
    expect(processesWith(PASSWORD)).toEqual([]);
    expect(processesWhoseEnvironmentHas(PASSWORD)).toEqual([]);
    expect(`${accounts?.sshd.log}${JSON.stringify(recorded.recording())}`).not.toContain(PASSWORD);
    await guest.close();
    expect(asked).toEqual([false]);
  });

  it('asks nobody where it wants no password', async () => {
    const { guest, asked } = await login('c-dev ALL=(ALL) NOPASSWD: ALL', []);
    expect(await rootSays(guest)).toEqual(ZEROS);
    await guest.close();
    expect(asked).toEqual([]);
  });

  it('is asked again for a wrong password, three times in all, one after the other', async () => {
    const answers = ['a', 'b', 'c', PASSWORD];
    const { guest, asked } = await login(
      'Defaults logfile=/run/sudo/log\nc-dev ALL=(ALL) ALL\nc-see ALL=(ALL) NOPASSWD: ALL',
      answers,
    );
    expect(guest.root).toMatchObject({ how: 'none', why: 'wrong-password' });
    expect(asked).toEqual([false, true, true]);
    expect((await guest.exec(sh('id', { asRoot: true }))).refused).toBe('no-root');
    await guest.close();
    const see = await connectSsh((accounts as Accounts).sshd.options({ user: 'c-see' }));
    const { stdout } = await see.exec(sh('cat /run/sudo/log', { asRoot: true }));
    await see.close();
    // As sudo itself counts them: what locks an account.
    expect(stdout.match(/1 incorrect password attempt/g)).toHaveLength(3);
    expect(stdout).not.toMatch(/[23] incorrect password attempts/);
  });

  it('tells a user who may not, or not everything, and a sudo that wants a terminal', async () => {
    const { guest } = await login('', [PASSWORD, PASSWORD]);
    expect(guest.root).toMatchObject({ how: 'none', why: 'not-allowed' });
    await guest.close();
    await accounts?.remove();
    const { guest: some } = await login('c-dev ALL=(ALL) NOPASSWD: /usr/bin/id', [PASSWORD]);
    expect(some.root).toMatchObject({ how: 'none', why: 'not-allowed' });
    await some.close();
    await accounts?.remove();
    const { guest: other, asked } = await login('Defaults requiretty\nc-dev ALL=(ALL) NOPASSWD: ALL', [
      PASSWORD,
    ]);
    expect(other.root).toMatchObject({ how: 'none', why: 'requiretty' });
    await other.close();
    expect(asked).toEqual([]);
  });

  it('is understood where it would speak German', async () => {
    const sshd = ['SetEnv LANGUAGE=de LANG=C.UTF-8 LC_ALL=C.UTF-8'];
    const { guest, asked } = await login('c-dev ALL=(ALL) ALL', ['falsch', PASSWORD], sshd);
    expect(guest.root).toEqual({ how: 'sudo' });
    expect(asked).toEqual([false, true]);
    await guest.close();
    await accounts?.remove();
    const { guest: other } = await login('', [PASSWORD], sshd);
    expect(other.root).toMatchObject({ how: 'none', why: 'not-allowed' });
    await other.close();
  });

  /** Logs in to a machine on whose path are all programs but these. */
  async function rootWithout(without: string[], sh?: string, put: (bin: string) => void = () => {}) {
    const made = new Accounts();
    accounts = made;
    const path = pathWithout(join(made.sshd.dir, 'bin'), ...without);
    put(path);
    await made.start([{ name: 'c-dev', shell: '/bin/bash' }], { sshd: [`SetEnv PATH=${path}`], sh });
    const guest = await connectSsh(made.sshd.options({ user: 'c-dev', sudoPassword: async () => PASSWORD }));
    await guest.close();
    return guest.root;
  }

  it.each(SYSTEM_SHELLS)('is missed where it is not there, with what is there instead (%s)', async (path) => {
    expect(await rootWithout(['sudo', 'doas'], path)).toMatchObject({ how: 'none', why: 'only-su' });
  });

  it('is missed beside doas, and where there is nothing at all; root does not need it', async () => {
    // It is looked for and not run, so it may be anything.
    const doas = (bin: string) => symlinkSync('/bin/true', join(bin, 'doas'));
    const root = await rootWithout(['sudo', 'doas'], undefined, doas);
    expect(root).toMatchObject({ how: 'none', why: 'only-doas' });
    await accounts?.remove();
    expect(await rootWithout(['sudo', 'doas', 'su'])).toMatchObject({ how: 'none', why: 'no-sudo' });
    const guest = await connectSsh((accounts as Accounts).sshd.options({ user: 'root' }));
    await guest.close();
    expect(guest.root).toEqual({ how: 'login' });
  });

  it('that does not work says why in its own words', async () => {
    const powerless = (bin: string) => {
      copyFileSync('/usr/bin/sudo', join(bin, 'sudo'));
      chmodSync(join(bin, 'sudo'), 0o755);
    };
    expect(await rootWithout(['sudo'], undefined, powerless)).toMatchObject({
      how: 'none',
      why: 'failed',
      detail: expect.stringContaining('setuid bit'),
    });
  });
});
