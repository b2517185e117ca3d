import { homedir } from 'node:os';
import { resolve } from 'node:path';
import ssh2, { type ClientChannel, type ConnectConfig, type ServerHostKeyAlgorithm } from 'ssh2';
import { Trouble } from '../../shared/trouble.ts';
import { type AskSecret, SecretQuestion } from './ask-secret.ts';
import { type Pin, pinOf, readPin, writePin } from './host-keys.ts';
import type { LaneEnd, LaneIo } from './lane-io.ts';
import { LockedKey } from './locked-key.ts';
import { type AuthSources, authHandler } from './ssh-auth.ts';
import { defaultKeys, type KeyFile, readKey } from './ssh-keys.ts';
import { sshSocket } from './ssh-socket.ts';

/** Handshake and authentication; long, because a person may be typing a password meanwhile. Milliseconds. */
const READY_MS = 120_000;
const KEEPALIVE_MS = 3000;
/**
 * Keepalives in a row without an answer before the link counts as lost. sshd answers none between letting us in and having
 * opened the session, for which systemd may have to start a user manager first: 20 s were seen on a busy Debian 13.
 */
const KEEPALIVE_MISSES = 9;
const CLOSE_MS = 3000;

/** Gives a person's word on a host key that is unknown (`was` undefined) or another than the one seen before. */
export type AcceptHostKey = (key: { is: Pin; was: Pin | undefined }) => Promise<boolean>;

export interface SshTarget {
  host: string;
  port: number;
  user: string;
  identityFile?: string | undefined;
  /** Asked after all keys failed, if the server takes passwords. */
  password?: AskSecret | undefined;
  /** Asked when the identity needs a passphrase and the agent's keys did not let us in. */
  passphrase?: AskSecret | undefined;
  /** How often each secret may be asked for; once unless given. */
  tries?: number | undefined;
  /**
   * Asked before anything is sent that could be a secret; a key that is accepted is remembered. Without it an unknown
   * key is remembered at its first use, and a changed one refused.
   */
  acceptHostKey?: AcceptHostKey | undefined;
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
  return connectionOf(await sshLink(target, signal));
}

/** ssh2's client, let in; its `error` events are taken care of. */
export interface SshLink {
  client: ssh2.Client;
  /** Resolves when it is closed, also when that was before anybody asked. */
  closed: Promise<void>;
  isOver(): boolean;
}

/** The same for what is no guest. */
export async function sshLink(target: SshTarget, signal?: AbortSignal): Promise<SshLink> {
  const identity = target.identityFile ? await readKey(expandHome(target.identityFile)) : undefined;
  if (identity?.problem === 'unreadable') throw keyTrouble(identity);
  const { password, passphrase, tries = 1 } = target;
  const questions = {
    password: password && new SecretQuestion(password, tries),
    passphrase: passphrase && new SecretQuestion(passphrase, tries),
  };
  const locked =
    identity?.problem === 'passphrase' && questions.passphrase
      ? new LockedKey(identity, questions.passphrase)
      : undefined;
  for (;;) {
    const result = await attempt(target, { identity, locked, password: questions.password }, signal);
    if ('client' in result) return result;
    if (signal?.aborted) throw new Trouble('cancelled');
    if (result.newKey) {
      await acceptOrLeave(target, result.newKey);
      continue;
    }
    // The server would not wait for the person: their answer goes into a new connection.
    const asked = [questions.passphrase, questions.password].filter((question) => question?.open);
    for (const question of asked) await question?.settled();
    if (!asked.some((question) => question?.open)) throw result.trouble;
  }
}

/** Nothing is connected while the person decides. */
async function acceptOrLeave(target: SshTarget, key: HostKeys): Promise<void> {
  if (!(await target.acceptHostKey?.(key))) throw new Trouble('cancelled');
  const { pinFile, pinId } = target;
  await writePin(pinFile, pinId, key.is).catch((error) => pinTrouble(target, error));
}

interface Ways {
  identity: KeyFile | undefined;
  locked: LockedKey | undefined;
  password: SecretQuestion | undefined;
}

interface HostKeys {
  is: Pin;
  was: Pin | undefined;
}

type Attempt = SshLink | { newKey?: HostKeys; trouble: unknown };

/** One connection, up to the end of authentication. */
async function attempt(target: SshTarget, ways: Ways, signal: AbortSignal | undefined): Promise<Attempt> {
  const { host, port, user, pinId, pinFile, acceptHostKey } = target;
  const pinned = await readPin(pinFile, pinId).catch((error) => pinTrouble(target, error));
  const sources = await authSources(target, ways);
  const sock = await sshSocket(host, port, signal);
  const tried: string[] = [];
  let seen: Pin | undefined;
  const client = new ssh2.Client();
  let over = false;
  const closed = new Promise<void>((done) => {
    client.once('close', () => {
      // At once: ssh2 fails what waits for it right after this.
      over = true;
      done();
    });
  });
  const config: ConnectConfig = {
    sock,
    username: user,
    readyTimeout: READY_MS,
    keepaliveInterval: KEEPALIVE_MS,
    keepaliveCountMax: KEEPALIVE_MISSES,
    authHandler: authHandler(sources, tried, () => !over),
    hostVerifier: (key: Buffer) => {
      seen = pinOf(key);
      return pinned === undefined ? acceptHostKey === undefined : pinned.sha256 === seen.sha256;
    },
    ...(pinned && { algorithms: { serverHostKey: sameKeyFirst(pinned.type) } }),
  };
  try {
    await ready(client, config, signal);
  } catch (error) {
    over = true;
    client.destroy();
    if (error instanceof Trouble) throw error;
    for (const { failure } of [ways.password, ways.locked?.question].filter((one) => one !== undefined)) {
      if (failure !== undefined) throw failure;
    }
    const isNew = seen && seen.sha256 !== pinned?.sha256;
    if (seen && isNew && (pinned || acceptHostKey)) {
      const [was, is] = [pinned?.sha256 ?? '', seen.sha256];
      const trouble = new Trouble('host-key-changed', { host, port, was, is, file: pinFile });
      if (!acceptHostKey) throw trouble;
      return { newKey: { is: seen, was: pinned }, trouble };
    }
    return { trouble: loginTrouble(error as Error & { level?: string }, target, ways, tried) };
  }
  if (!pinned && seen) {
    await writePin(pinFile, pinId, seen).catch((error) => {
      client.destroy();
      return pinTrouble(target, error);
    });
  }
  // What comes later is told by the channels; without a listener it would be an uncaught exception.
  client.on('error', () => {});
  return { client, closed, isOver: () => over };
}

function loginTrouble(
  failure: Error & { level?: string },
  { host, port, user }: SshTarget,
  { identity, locked }: Ways,
  tried: string[],
): Trouble {
  if (failure.level !== 'client-authentication') {
    return new Trouble('connect-failed', { host, port, detail: failure.message }, { cause: failure });
  }
  if (locked?.wrong) return new Trouble('passphrase-wrong', { file: locked.file.path });
  if (identity?.problem && !locked) return keyTrouble(identity);
  return new Trouble('auth-failed', { user, host, port, tried });
}

/** Without its memory of host keys, Culprit could not notice a changed one: then it sends nothing. */
function pinTrouble({ host, port, pinFile }: SshTarget, error: unknown): never {
  const why = (error as NodeJS.ErrnoException).code ?? 'it is no list of host keys';
  throw new Trouble('connect-failed', { host, port, detail: `${pinFile}: ${why}` }, { cause: error });
}

function connectionOf({ client, closed, isOver }: SshLink): SshConnection {
  const open = new Map<ClientChannel, Promise<void>>();
  return {
    shell: (line) =>
      new Promise((done, reject) => {
        if (isOver()) return reject(new Trouble('connection-lost'));
        client.exec(line, (error, channel) => {
          if (error) {
            return reject(
              isOver()
                ? new Trouble('connection-lost')
                : new Trouble('no-session', { detail: error.message }),
            );
          }
          const gone = bothClosed(channel);
          open.set(channel, gone);
          void gone.then(() => open.delete(channel));
          done(
            channelIo(
              channel,
              gone.then(() => ({ detail: '', linkLost: isOver() })),
            ),
          );
        });
      }),
    close: async () => {
      const timer = setTimeout(() => client.destroy(), CLOSE_MS);
      for (const channel of open.keys()) channel.end();
      await Promise.race([Promise.all(open.values()), closed]);
      if (!isOver()) client.end();
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

async function authSources(target: SshTarget, { identity, locked, password }: Ways): Promise<AuthSources> {
  return {
    user: target.user,
    keysBefore: identity && 'key' in identity ? [{ name: identity.path, key: identity.key }] : [],
    agent: process.env.SSH_AUTH_SOCK,
    locked,
    keysAfter: (await defaultKeys()).map(({ path, key }) => ({ name: path, key })),
    password,
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
