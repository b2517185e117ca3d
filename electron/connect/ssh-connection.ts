import { homedir } from 'node:os';
import { resolve } from 'node:path';
import ssh2, { type ClientChannel, type ConnectConfig, type ServerHostKeyAlgorithm } from 'ssh2';
import { Trouble } from '../../shared/trouble.ts';
import { type Pin, pinOf, readPin, writePin } from './host-keys.ts';
import type { LaneEnd, LaneIo } from './lane-io.ts';
import { type AuthSources, authHandler } from './ssh-auth.ts';
import { defaultKeys, type KeyFile, readKey } from './ssh-keys.ts';
import { sshSocket } from './ssh-socket.ts';

/** Handshake and authentication; long, because a person may be typing a password meanwhile. Milliseconds. */
const READY_MS = 120_000;
const KEEPALIVE_MS = 3000;
/** Keepalives in a row without an answer before the link counts as lost. */
const KEEPALIVE_MISSES = 5;
const CLOSE_MS = 3000;

export interface SshTarget {
  host: string;
  port: number;
  user: string;
  identityFile?: string | undefined;
  /** Asked at most once, after all keys failed, if the server takes passwords. */
  password?: (() => Promise<string | undefined>) | undefined;
  /** Whose host key this is: a VM's UUID, or host:port. */
  pinId: string;
  /** JSON file of the host keys seen so far. */
  pinFile: string;
}

/** An authenticated SSH connection that runs shells. */
export interface SshConnection {
  shell(line: string): Promise<LaneIo>;
  /** Resolves when everything is closed. */
  close(): Promise<void>;
}

/** Connects, checks the host's key before any secret is sent, and authenticates. Throws only Troubles. */
export async function sshConnection(target: SshTarget, signal?: AbortSignal): Promise<SshConnection> {
  const { host, port, user, pinId, pinFile } = target;
  const pinned = await readPin(pinFile, pinId).catch((error) => pinTrouble(target, error));
  const identity = target.identityFile ? await readKey(expandHome(target.identityFile)) : undefined;
  if (identity && 'problem' in identity && identity.problem === 'unreadable') throw keyTrouble(identity);
  const sources = await authSources(target, identity);
  const sock = await sshSocket(host, port, signal);
  const tried: string[] = [];
  let seen: Pin | undefined;
  const config: ConnectConfig = {
    sock,
    username: user,
    readyTimeout: READY_MS,
    keepaliveInterval: KEEPALIVE_MS,
    keepaliveCountMax: KEEPALIVE_MISSES,
    authHandler: authHandler(sources, tried),
    hostVerifier: (key: Buffer) => {
      seen = pinOf(key);
      return pinned === undefined || pinned.sha256 === seen.sha256;
    },
    ...(pinned && { algorithms: { serverHostKey: sameKeyFirst(pinned.type) } }),
  };
  const client = new ssh2.Client();
  try {
    await ready(client, config, signal);
  } catch (error) {
    client.destroy();
    if (error instanceof Trouble) throw error;
    if (pinned && seen && pinned.sha256 !== seen.sha256) {
      throw new Trouble('host-key-changed', {
        host,
        port,
        was: pinned.sha256,
        is: seen.sha256,
        file: pinFile,
      });
    }
    const failure = error as Error & { level?: string };
    if (failure.level === 'client-authentication') {
      if (identity && 'problem' in identity) throw keyTrouble(identity);
      throw new Trouble('auth-failed', { user, host, port, tried });
    }
    throw new Trouble('connect-failed', { host, port, detail: failure.message }, { cause: error });
  }
  const connection = connectionOf(client);
  if (!pinned && seen) {
    await writePin(pinFile, pinId, seen).catch(async (error) => {
      await connection.close();
      return pinTrouble(target, error);
    });
  }
  return connection;
}

/** Without its memory of host keys, Culprit could not notice a changed one: then it sends nothing. */
function pinTrouble({ host, port, pinFile }: SshTarget, error: unknown): never {
  const why = (error as NodeJS.ErrnoException).code ?? 'it is no list of host keys';
  throw new Trouble('connect-failed', { host, port, detail: `${pinFile}: ${why}` }, { cause: error });
}

function connectionOf(client: ssh2.Client): SshConnection {
  let over = false;
  const closed = new Promise<void>((done) => {
    client.once('close', () => {
      // At once: ssh2 fails what waits for it right after this.
      over = true;
      done();
    });
  });
  // Every channel hears of a broken link by its own 'close'; without a listener it would be an uncaught exception.
  client.on('error', () => {});
  const open = new Map<ClientChannel, Promise<void>>();
  return {
    shell: (line) =>
      new Promise((done, reject) => {
        if (over) return reject(new Trouble('connection-lost'));
        client.exec(line, (error, channel) => {
          if (error) {
            return reject(
              over ? new Trouble('connection-lost') : new Trouble('no-session', { detail: error.message }),
            );
          }
          const gone = bothClosed(channel);
          open.set(channel, gone);
          void gone.then(() => open.delete(channel));
          done(
            channelIo(
              channel,
              gone.then(() => ({ detail: '', linkLost: over })),
            ),
          );
        });
      }),
    close: async () => {
      const timer = setTimeout(() => client.destroy(), CLOSE_MS);
      for (const channel of open.keys()) channel.end();
      await Promise.race([Promise.all(open.values()), closed]);
      if (!over) client.end();
      await closed;
      clearTimeout(timer);
    },
  };
}

/** ssh2 closes stdout and stderr each when it was read to its end; neither alone means that both are over. */
async function bothClosed(channel: ClientChannel): Promise<void> {
  await Promise.all([channel, channel.stderr].map((s) => new Promise<void>((done) => s.once('close', done))));
}

function channelIo(channel: ClientChannel, gone: Promise<LaneEnd>): LaneIo {
  return {
    stdin: channel.stdin,
    stdout: channel.stdout,
    stderr: channel.stderr,
    onClose: (listener) => {
      void gone.then(listener);
    },
    close: () => channel.end(),
  };
}

function ready(client: ssh2.Client, config: ConnectConfig, signal?: AbortSignal): Promise<void> {
  return new Promise((done, reject) => {
    const abort = () => settle(new Trouble('cancelled'));
    const fail = (error: Error & { level?: string }) => {
      // An agent that cannot be reached is only one of the ways.
      if (error.level !== 'agent') settle(error);
    };
    const ended = () => settle(new Error('The server closed the connection'));
    const settle = (error?: Error) => {
      signal?.removeEventListener('abort', abort);
      client.off('close', ended);
      client.off('error', fail);
      if (!error) return done();
      client.on('error', () => {});
      reject(error);
    };
    client.once('ready', () => settle());
    client.on('error', fail);
    client.once('close', ended);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    else client.connect(config);
  });
}

async function authSources(target: SshTarget, identity: KeyFile | undefined): Promise<AuthSources> {
  return {
    user: target.user,
    keysBefore: identity && 'key' in identity ? [{ name: identity.path, key: identity.key }] : [],
    agent: process.env.SSH_AUTH_SOCK,
    keysAfter: (await defaultKeys()).map(({ path, key }) => ({ name: path, key })),
    password: target.password,
  };
}

function keyTrouble(file: Extract<KeyFile, { problem: string }>): Trouble {
  const code = file.problem === 'passphrase' ? 'key-needs-passphrase' : 'key-unreadable';
  return new Trouble(code, { file: file.path, detail: file.detail });
}

type AlgorithmChange = Record<'append' | 'prepend' | 'remove', ServerHostKeyAlgorithm[]>;

/** Asks for the kind of key that is pinned first, or a host with several would look as if its key had changed. */
function sameKeyFirst(type: string): AlgorithmChange {
  const rsa = ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'];
  const names = (type === 'ssh-rsa' ? rsa : [type]) as ServerHostKeyAlgorithm[];
  // ssh2 takes the operations in this order, and does not move what is already in its list.
  return { remove: names, prepend: names, append: [] };
}

function expandHome(path: string): string {
  return path.startsWith('~/') ? resolve(homedir(), path.slice(2)) : path;
}
