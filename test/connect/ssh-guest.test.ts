import { execFile, execFileSync, spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Guest } from '../../electron/connect/guest.ts';
import { connectSsh } from '../../electron/connect/ssh-guest.ts';
import { conformance, sh } from './conformance.ts';
import { processesWith, processesWithVariable, uniqueSleep, until } from './processes.ts';
import { hasSshd, Relay, TestSshd } from './sshd.ts';

describe.skipIf(!hasSshd)('over SSH', () => {
  let sshd: TestSshd;
  let relay: Relay | undefined;
  beforeAll(async () => {
    sshd = await new TestSshd().start();
  });
  afterEach(() => {
    relay?.stop();
    relay = undefined;
  });
  afterAll(() => sshd.remove());

  conformance('ssh', () => connectSsh(sshd.options()));

  /** A guest with a command and a stream that run, and what they are known by. */
  async function busyGuest(): Promise<{ guest: Guest; sleep: string; lost: Promise<unknown>[] }> {
    relay = await new Relay().start(sshd.port);
    const guest = await connectSsh(sshd.options({ port: relay.port }));
    const sleep = uniqueSleep();
    const script = `(setsid sleep ${sleep} &) ; (trap '' TERM HUP; sleep ${sleep}) & sleep ${sleep}`;
    const stream = guest.stream(sh(script));
    const lines = (async () => {
      for await (const _ of stream.lines);
    })();
    const command = guest.exec(sh(script, { timeoutMs: 12_000 }));
    const lost = [command, stream.done, lines].map((promise) =>
      promise.then(
        () => 'fine',
        (error) => error,
      ),
    );
    await until(() => processesWith(`sleep\0${sleep}`).length === 6, 5000);
    return { guest, sleep, lost };
  }

  it('tells all that waits when the connection is reset, and the guest kills all within 5 s', async () => {
    const { guest, sleep, lost } = await busyGuest();
    relay?.reset();
    for (const error of await Promise.all(lost)) expect(error).toMatchObject({ code: 'connection-lost' });
    await expect(guest.exec(sh('echo'))).rejects.toMatchObject({ code: 'connection-lost' });
    await until(() => processesWith(sleep).length === 0, 5000);
    await until(() => processesWithVariable('CULPRIT_LANE', sshd.port).length === 0, 5000);
    await guest.close();
  });

  it('tells a connection that breaks while a shell starts from a guest that gives none', async () => {
    relay = await new Relay().start(sshd.port);
    const guest = await connectSsh(sshd.options({ port: relay.port }));
    const stream = guest.stream(sh('sleep 60'));
    const done = stream.done.catch((error) => error);
    relay.reset();
    expect(await done).toMatchObject({ code: 'connection-lost' });
    await guest.close();
  });

  it('leaves nothing running 20 s after the link went silent, not even its own sshd', {
    timeout: 60_000,
  }, async () => {
    // those of the tests before may still be on their way out
    await until(() => sshd.sessions() === 0, 5000);
    const { guest, sleep, lost } = await busyGuest();
    expect(sshd.sessions()).toBeGreaterThan(0);
    relay?.silence();
    const gone = until(
      () =>
        processesWith(sleep).length + processesWithVariable('CULPRIT_LANE', sshd.port).length === 0 &&
        sshd.sessions() === 0,
      20_000,
    );
    for (const error of await Promise.all(lost)) expect(error).toMatchObject({ code: 'connection-lost' });
    await gone;
    await guest.close();
  });

  it('is taken away by the guest when Culprit is killed', { timeout: 60_000 }, async () => {
    const sleep = uniqueSleep();
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        new URL('./killed-client.ts', import.meta.url).pathname,
        JSON.stringify(sshd.options()),
        sleep,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await until(() => processesWith(`sleep\0${sleep}`).length === 2, 20_000);
    child.kill('SIGKILL');
    await until(
      () => processesWith(sleep).length + processesWithVariable('CULPRIT_LANE', sshd.port).length === 0,
      5000,
    );
  });

  it('leaves nothing running after it was closed, and nothing waits', async () => {
    const guest = await connectSsh(sshd.options());
    const sleep = uniqueSleep();
    const running = guest.exec(sh(`sleep ${sleep}`));
    const outcome = running.catch((error) => error);
    await until(() => processesWith(`sleep\0${sleep}`).length > 0, 5000);
    await guest.close();
    expect(await outcome).toMatchObject({ code: 'connection-lost' });
    await until(
      () => processesWith(sleep).length + processesWithVariable('CULPRIT_LANE', sshd.port).length === 0,
      1000,
    );
  });

  it('shows no part of itself but its first line to ps', async () => {
    const guest = await connectSsh(sshd.options());
    const { stdout } = await guest.exec(sh('ps -eo args'));
    await guest.close();
    const ours = stdout.split('\n').filter((line) => line.includes('eval "$l"'));
    expect(new Set(ours)).toEqual(new Set([`/bin/sh -c IFS= read -r l; eval "$l"`]));
  });

  it('uses fewer lanes where sshd allows fewer sessions', async () => {
    const narrow = await new TestSshd().start(['MaxSessions 2']);
    const guest = await connectSsh(narrow.options());
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => guest.exec(sh(`echo ${n}`))));
    expect(answers.map(({ stdout }) => stdout)).toEqual(['1\n', '2\n', '3\n', '4\n', '5\n', '6\n']);
    await expect(guest.stream(sh('echo')).done).rejects.toMatchObject({ code: 'no-session' });
    await guest.close();
    await narrow.remove();
  });

  it('says so when there is no shell', async () => {
    const odd = await new TestSshd().start(['ForceCommand echo "no shell for you" >&2; exit 1']);
    await expect(connectSsh(odd.options())).rejects.toMatchObject({
      code: 'no-session',
      facts: { detail: 'no shell for you' },
    });
    await odd.remove();
  });

  it('connects with the ciphers that Electron’s crypto has, and says so where there are no others', async () => {
    const client = new URL('./poor-crypto-client.ts', import.meta.url).pathname;
    const connects = async (...ciphers: string[]) => {
      const server = await new TestSshd().start(ciphers);
      const args = ['--import', 'tsx', client, JSON.stringify(server.options())];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      await server.remove();
      return stdout;
    };
    expect(await connects()).toBe('hello\n');
    expect(await connects('Ciphers chacha20-poly1305@openssh.com')).toMatch(
      /^connect-nothing-common .*Ciphers/,
    );
  });

  it('works over a link that takes little at a time', async () => {
    relay = await new Relay().start(sshd.port);
    relay.drip(64);
    const guest = await connectSsh(sshd.options({ port: relay.port }));
    const { stdout } = await guest.exec(sh('seq 1 300'));
    expect(stdout.split('\n').slice(-2)).toEqual(['300', '']);
    await guest.close();
  });

  it('remembers the host key, in a file for its owner only, and sends nothing to a changed one', async () => {
    const own = await new TestSshd().start();
    const asked: string[] = [];
    const options = own.options({
      password: async () => {
        asked.push('password');
        return 'secret';
      },
    });
    await (await connectSsh(options)).close();
    expect(statSync(options.pinFile).mode & 0o777).toBe(0o600);
    const before = JSON.parse(readFileSync(options.pinFile, 'utf8')).hosts.test.sha256;
    await (await connectSsh(options)).close();

    await own.stop({ newHostKey: true });
    await own.start();
    await expect(connectSsh(options)).rejects.toMatchObject({
      code: 'host-key-changed',
      facts: { was: before, is: expect.stringMatching(/^SHA256:/), file: options.pinFile },
    });
    expect(asked).toEqual([]);
    expect(own.log).not.toMatch(/Accepted|Failed/);
    expect(JSON.parse(readFileSync(options.pinFile, 'utf8')).hosts.test.sha256).toBe(before);
    await own.remove();
  });

  it('sends nothing when its list of host keys cannot be read', async () => {
    const pinFile = join(sshd.dir, 'broken.json');
    writeFileSync(pinFile, '{"version":1');
    await expect(connectSsh(sshd.options({ pinFile }))).rejects.toMatchObject({
      code: 'connect-failed',
      facts: { detail: expect.stringContaining(pinFile) },
    });
    expect(readFileSync(pinFile, 'utf8')).toBe('{"version":1');
  });

  it('closes with a stream that nobody pulls', async () => {
    const guest = await connectSsh(sshd.options());
    const stream = guest.stream(sh('yes 0123456789'));
    const done = stream.done.catch((error) => error);
    await stream.lines[Symbol.asyncIterator]().next();
    await guest.close();
    expect(await done).toMatchObject({ code: 'connection-lost' });
  });

  it('tells what it tried when nothing lets it in', async () => {
    const other = await new TestSshd().start();
    const options = sshd.options({ identityFile: other.key, password: async () => undefined });
    await expect(connectSsh(options)).rejects.toMatchObject({
      code: 'auth-failed',
      facts: { tried: expect.arrayContaining([other.key]) },
    });
    await other.remove();
  });

  it('tells a key that cannot be read from one that needs a passphrase', async () => {
    const missing = sshd.options({ identityFile: '/nonexistent/key' });
    await expect(connectSsh(missing)).rejects.toMatchObject({
      code: 'key-unreadable',
      facts: { file: '/nonexistent/key', detail: 'ENOENT' },
    });
    const locked = join(sshd.dir, 'locked');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'secret', '-f', locked]);
    await expect(connectSsh(sshd.options({ identityFile: locked }))).rejects.toMatchObject({
      code: 'key-needs-passphrase',
      facts: { file: locked },
    });
  });

  it('tells a closed port from a port where nobody speaks, or speaks something else', async () => {
    const free = await new TestSshd().start();
    await free.stop();
    await expect(connectSsh(free.options())).rejects.toMatchObject({ code: 'connect-refused' });
    await free.remove();
    const http = createServer((socket) => {
      socket.on('error', () => {});
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    const hangsUp = createServer((socket) => {
      socket.on('error', () => {});
      socket.destroy();
    });
    for (const [server, got] of [
      [http, 'HTTP/1.1 400 Bad Request'],
      [hangsUp, 'closed'],
    ] as const) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      await expect(connectSsh(sshd.options({ port }))).rejects.toMatchObject({
        code: 'connect-not-ssh',
        facts: { got },
      });
      server.close();
    }
  });

  it('can be cancelled while it connects', async () => {
    const mute = createServer(() => {});
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const address = mute.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const stop = new AbortController();
    const connecting = connectSsh(sshd.options({ port, signal: stop.signal }));
    stop.abort();
    await expect(connecting).rejects.toMatchObject({ code: 'cancelled' });
    mute.close();
  });
});
