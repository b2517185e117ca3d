import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { SshGuestOptions } from '../../electron/connect/ssh-guest.ts';
import { commandLine, descendants } from './processes.ts';

const SSHD = '/usr/sbin/sshd';
/** What sshd calls a process that serves a login: `root@pts/0`, `root@notty`, and `root` alone for a jump host’s. */
const LOGIN = /^sshd: (?!\/)[^\s[]+[\s\0]*$/;
export const hasSshd = existsSync(SSHD);

/** A real OpenSSH server on 127.0.0.1 that knows one key, with its own host key and otherwise as it comes. */
export class TestSshd {
  readonly dir = mkdtempSync(join(tmpdir(), 'culprit-sshd-'));
  port = 0;
  #process: ChildProcess | undefined;
  log = '';

  get key(): string {
    return join(this.dir, 'key');
  }

  /** `inside`: a command that runs another in surroundings of its own. */
  async start(extra: readonly string[] = [], inside: readonly string[] = []): Promise<this> {
    for (const name of ['host', 'key']) keygen(join(this.dir, name));
    // sshd's user for privilege separation has its home here; only root's sshd wants it.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
    this.port ||= await freePort();
    const config = join(this.dir, 'config');
    const lines = [
      `Port ${this.port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${join(this.dir, 'host')}`,
      'PidFile none',
      // The first line about a thing is the one that holds.
      ...extra,
      `AuthorizedKeysFile ${this.key}.pub`,
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin yes',
    ];
    writeFileSync(config, `${lines.join('\n')}\n`);
    const [command = SSHD, ...args] = [...inside, SSHD, '-D', '-e', '-f', config];
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      child.stderr?.on('data', (chunk: Buffer) => {
        this.log += chunk.toString();
        if (this.log.includes('Server listening')) resolve();
      });
      child.once('exit', () => reject(new Error(`sshd: ${this.log}`)));
    });
    return this;
  }

  /** Ends the server; with `newHostKey` it can be started again as another machine. */
  async stop({ newHostKey = false } = {}): Promise<void> {
    const child = this.#process;
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await gone;
    }
    this.log = '';
    if (newHostKey) rmSync(join(this.dir, 'host'));
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true });
  }

  /** How many logins its own processes hold right now; other tests' servers do not count. */
  sessions(): number {
    return this.#logins().length;
  }

  /** Sends this to the processes that serve its logins, and to them alone; gives their ids. */
  signalSessions(signal: NodeJS.Signals): number[] {
    const pids = this.#logins();
    for (const pid of pids) process.kill(pid, signal);
    return pids;
  }

  /** The shells that its logins run, with all that runs in them. */
  shells(): number[] {
    return this.#logins().flatMap(descendants);
  }

  #logins(): number[] {
    return descendants(this.#process?.pid ?? -1).filter((pid) => LOGIN.test(commandLine(pid)));
  }

  /** How to connect to it. */
  options(more: Partial<SshGuestOptions> = {}): SshGuestOptions {
    return {
      host: '127.0.0.1',
      port: this.port,
      user: userInfo().username,
      identityFile: this.key,
      pinId: 'test',
      pinFile: join(this.dir, 'pins.json'),
      label: 'test',
      ...more,
    };
  }
}

/** A TCP relay to a port of this host that can go silent, or reset its connections. */
export class Relay {
  #server: Server | undefined;
  readonly #pairs: [Socket, Socket][] = [];
  #silent = false;
  #most = 1_000_000;
  port = 0;

  async start(target: number): Promise<this> {
    const server = createServer((near) => {
      const far = connect(target, '127.0.0.1');
      this.#pairs.push([near, far]);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        from.on('data', (chunk: Buffer) => {
          if (!this.#silent) void this.#pass(chunk, from, to);
        });
        from.on('close', () => {
          if (!this.#silent) to.destroy();
        });
        from.on('error', () => {});
      }
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    this.port = typeof address === 'object' && address ? address.port : 0;
    return this;
  }

  /** From now on no more than this goes at a time, each way, and one at a time: a thin line. */
  drip(bytes: number): void {
    this.#most = bytes;
  }

  async #pass(chunk: Buffer, from: Socket, to: Socket): Promise<void> {
    from.pause();
    for (let at = 0; at < chunk.length; at += this.#most) {
      const part = chunk.subarray(at, at + this.#most);
      await new Promise<void>((resolve) => to.write(part, () => setImmediate(resolve)));
    }
    from.resume();
  }

  /** From now on every byte vanishes, and nobody is told. */
  silence(): void {
    this.#silent = true;
  }

  /** Resets every connection on both sides. */
  reset(): void {
    for (const socket of this.#pairs.flat()) socket.resetAndDestroy();
  }

  stop(): void {
    for (const socket of this.#pairs.flat()) socket.destroy();
    this.#server?.close();
  }
}

function keygen(path: string): void {
  if (existsSync(path)) return;
  rmSync(`${path}.pub`, { force: true });
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
