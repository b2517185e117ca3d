import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectSsh, type SshGuestOptions } from '../../electron/connect/ssh-guest.ts';
import { Trouble } from '../../shared/trouble.ts';
import { PasswordServer } from './password-server.ts';
import { hasSshd, TestSshd } from './sshd.ts';

describe('questions while connecting', () => {
  let server: PasswordServer;
  beforeEach(async () => {
    server = await new PasswordServer().start();
  });
  afterEach(() => server.remove());

  const options = (more: Partial<SshGuestOptions>): SshGuestOptions => ({
    host: '127.0.0.1',
    port: server.port,
    user: 'somebody',
    pinId: 'test',
    pinFile: join(server.dir, 'pins.json'),
    label: 'test',
    tries: 3,
    ...more,
  });
  const pins = () => JSON.parse(readFileSync(join(server.dir, 'pins.json'), 'utf8')).hosts;

  it.each(['password', 'keyboard-interactive'] as const)(
    'asks again for a wrong %s, on the same connection',
    async (method) => {
      server.method = method;
      const asked: boolean[] = [];
      const answers = ['wrong', 'wrong again', server.password];
      const guest = await connectSsh(
        options({
          password: async (again) => {
            asked.push(again);
            return answers.shift();
          },
        }),
      );
      await guest.close();
      expect(asked).toEqual([false, true, true]);
      expect(server.connections).toBe(1);
    },
  );

  it('asks each question of the server by itself, in its words, and gives the password to what wants it', async () => {
    server.method = 'keyboard-interactive';
    server.asks = [
      { prompt: 'Passwort: ', echo: false, right: server.password },
      { prompt: 'Site: ', echo: true, right: 'north' },
      { prompt: 'One-time password (OATH): ', echo: false, right: '123456' },
    ];
    const asked: unknown[] = [];
    const answers = ['north', '000000', 'north', '123456'];
    const answer = async (question: unknown) => {
      asked.push(question);
      return answers.shift();
    };
    const guest = await connectSsh(options({ password: async () => server.password, answer }));
    await guest.close();
    const instructions = 'Two steps\nHave your phone ready';
    const both = [
      { instructions, prompt: 'Site: ', echo: true },
      { instructions, prompt: 'One-time password (OATH): ', echo: false },
    ];
    expect(asked).toEqual([...both, ...both]);
    expect(server.got.slice(-3)).toEqual([server.password, 'north', '123456']);
    expect(server.connections).toBe(1);
  });

  it('asks nothing more when the person leaves a question', async () => {
    server.method = 'keyboard-interactive';
    server.asks = [{ prompt: 'Code: ', echo: false, right: '1' }];
    let asked = 0;
    const answer = async () => {
      asked += 1;
      throw new Trouble('cancelled');
    };
    await expect(connectSsh(options({ answer }))).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toBe(1);
  });

  it('gives up after as many tries as there may be', async () => {
    let asked = 0;
    const password = async () => {
      asked += 1;
      return 'wrong';
    };
    await expect(connectSsh(options({ password }))).rejects.toMatchObject({
      code: 'auth-failed',
      facts: { tried: ['password'] },
    });
    expect(asked).toBe(3);
    asked = 0;
    await expect(connectSsh(options({ password, tries: undefined }))).rejects.toMatchObject({
      code: 'auth-failed',
    });
    expect(asked).toBe(1);
  });

  it('tells why there is no password when asking for it failed', async () => {
    const password = async () => {
      throw new Error('nobody is there');
    };
    await expect(connectSsh(options({ password }))).rejects.toThrow('nobody is there');
    expect(server.got).toEqual([]);
  });

  it('asks nobody twice when the server does not wait for the answer', async () => {
    let asked = 0;
    const guest = await connectSsh(
      options({
        password: async () => {
          asked += 1;
          // The answer comes when the connection that wanted it is gone.
          await server.hangUp();
          await new Promise<void>((resolve) => setImmediate(resolve));
          return server.password;
        },
      }),
    );
    await guest.close();
    expect(asked).toBe(1);
    expect(server.got).toEqual([server.password]);
    expect(server.connections).toBe(2);
  });

  it('sends no secret before the host key is accepted, and keeps the key then', async () => {
    const password = async () => server.password;
    const seen: unknown[] = [];
    const refuse = options({
      password,
      acceptHostKey: async (key) => {
        seen.push(key);
        return false;
      },
    });
    await expect(connectSsh(refuse)).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual([
      { was: undefined, is: { type: 'ssh-rsa', sha256: expect.stringMatching(/^SHA256:/) } },
    ]);
    expect(server.got).toEqual([]);
    const accept = options({ password, acceptHostKey: async () => true });
    await (await connectSsh(accept)).close();
    expect(pins().test).toEqual((seen[0] as { is: unknown }).is);
    // Known by now: nobody is asked.
    await (await connectSsh(refuse)).close();
    expect(seen).toHaveLength(1);
  });

  it('shows a changed host key beside the old one, and takes the new one only when that is accepted', async () => {
    const password = async () => server.password;
    await (await connectSsh(options({ password }))).close();
    const before = pins().test;
    server.got.length = 0;
    await server.rebuild();
    const asked: { was: unknown; is: { sha256: string } }[] = [];
    const ask = (answer: boolean) =>
      options({
        password,
        acceptHostKey: async ({ was, is }) => {
          asked.push({ was, is });
          return answer;
        },
      });
    await expect(connectSsh(ask(false))).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked[0]?.was).toEqual(before);
    expect(pins().test).toEqual(before);
    expect(server.got).toEqual([]);
    await (await connectSsh(ask(true))).close();
    expect(pins().test).toEqual(asked[1]?.is);
    expect(pins().test.sha256).not.toBe(before.sha256);
    expect(statSync(join(server.dir, 'pins.json')).mode & 0o777).toBe(0o600);
    await (await connectSsh(ask(false))).close();
  });

  it('asks again for a wrong sudo password, and goes on without root after the last', async () => {
    const password = async () => server.password;
    const asked: boolean[] = [];
    const answers = ['wrong', 'open sesame'];
    const sudoPassword = async (again: boolean) => {
      asked.push(again);
      return answers.shift() ?? 'wrong';
    };
    const guest = await connectSsh(options({ password, sudoPassword }));
    expect(guest.root).toEqual({ how: 'sudo' });
    await guest.close();
    expect(asked).toEqual([false, true]);
    const without = await connectSsh(options({ password, sudoPassword }));
    expect(without.root).toMatchObject({ how: 'none', why: 'wrong-password' });
    await without.close();
    expect(asked).toHaveLength(5);
  });
});

describe.skipIf(!hasSshd)('a key with a passphrase', () => {
  let sshd: TestSshd;
  let locked: string;
  beforeEach(async () => {
    sshd = await new TestSshd().start();
    locked = join(sshd.dir, 'locked');
    copyFileSync(sshd.key, locked);
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'secret words', '-f', locked]);
  });
  afterEach(() => sshd.remove());

  it('is opened by the passphrase, asked for until it is right', async () => {
    const asked: boolean[] = [];
    const answers = ['wrong', 'secret words'];
    const guest = await connectSsh(
      sshd.options({
        identityFile: locked,
        tries: 3,
        passphrase: async (_file, again) => {
          asked.push(again);
          return answers.shift();
        },
      }),
    );
    await guest.close();
    expect(asked).toEqual([false, true]);
  });

  it('stays closed when no passphrase is the right one', async () => {
    let asked = 0;
    const passphrase = async () => {
      asked += 1;
      return 'wrong';
    };
    await expect(
      connectSsh(sshd.options({ identityFile: locked, passphrase, tries: 3 })),
    ).rejects.toMatchObject({ code: 'passphrase-wrong', facts: { file: locked } });
    expect(asked).toBe(3);
  });
});
