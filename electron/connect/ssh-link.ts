import ssh2, { type ConnectConfig, type ServerHostKeyAlgorithm } from 'ssh2';
import { Trouble } from '../../shared/trouble.ts';
import { type LoginMeans, loginMeans } from './auth-sources.ts';
import { type Pin, pinOf, writePin } from './host-keys.ts';
import { type HostTrust, hostTrust, type Judgement } from './host-trust.ts';
import { lossOf } from './link-loss.ts';
import { loginTrouble } from './login-trouble.ts';
import { authHandler } from './ssh-auth.ts';
import { dial } from './ssh-dial.ts';
import type { HostKeyQuestion, SshLink, SshTarget } from './ssh-target.ts';

/** Handshake and authentication; long, because a person may be typing a password meanwhile. Milliseconds. */
const READY_MS = 120_000;
/** The handshake alone, in which nobody is asked anything. */
const HANDSHAKE_MS = 30_000;
const KEEPALIVE_MS = 3000;
/**
 * Keepalives in a row without an answer before the link counts as lost. sshd answers none between letting us in and having
 * opened the session, for which systemd may have to start a user manager first: 20 s were seen on a busy Debian 13.
 */
const KEEPALIVE_MISSES = 9;

/** What ssh2 can check, but for DSA, which nobody should; naming another makes it throw. */
const HOST_KEY_KINDS = new Set([
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
]);

/**
 * Connects, through the hosts on the way if there are any, checks the host's key before any secret is sent, and authenticates.
 * Throws only Troubles.
 */
export async function sshLink(target: SshTarget, signal?: AbortSignal): Promise<SshLink> {
  const means = await loginMeans(target);
  if (means.identity?.problem === 'unreadable' && !means.identity.public) {
    throw new Trouble('key-unreadable', { file: means.identity.path, detail: means.identity.detail });
  }
  const before = target.via && (await sshLink(target.via, signal));
  try {
    const link = await tryUntilIn(target, means, before, signal);
    void link.loss.then(() => before?.client.end());
    return link;
  } catch (error) {
    before?.client.end();
    throw error;
  }
}

async function tryUntilIn(
  target: SshTarget,
  means: LoginMeans,
  before: SshLink | undefined,
  signal: AbortSignal | undefined,
): Promise<SshLink> {
  for (;;) {
    const result = await attempt(target, means, before, signal);
    if ('client' in result) return result;
    if (signal?.aborted) throw new Trouble('cancelled');
    if (result.newKey) {
      await acceptOrLeave(target, result.newKey);
      continue;
    }
    // The server would not wait for the person: their answer goes into a new connection.
    const asked = means.questions.filter((question) => question.open);
    for (const question of asked) await question.settled();
    if (!asked.some((question) => question.open)) throw result.trouble;
  }
}

/** Nothing is connected while the person decides. */
async function acceptOrLeave(target: SshTarget, key: HostKeyQuestion): Promise<void> {
  if (!(await target.acceptHostKey?.(key))) throw new Trouble('cancelled');
  const { pinFile, pinId } = target;
  await writePin(pinFile, pinId, key.is).catch((error) => pinTrouble(target, error));
}

type Attempt = SshLink | { newKey?: HostKeyQuestion; trouble: unknown };

/** One connection, up to the end of authentication. */
async function attempt(
  target: SshTarget,
  means: LoginMeans,
  before: SshLink | undefined,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  const { host, port, user, pinId, pinFile, acceptHostKey } = target;
  const trust = await hostTrust(target).catch((error): never => pinTrouble(target, error));
  const sock = await dial(target, before, signal);
  const tried: string[] = [];
  let seen: { key: Pin; judged: Judgement } | undefined;
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
    keepaliveInterval: target.keepAliveMs ?? KEEPALIVE_MS,
    keepaliveCountMax: KEEPALIVE_MISSES,
    authHandler: authHandler(means.sources, tried, () => !over),
    hostVerifier: (key: Buffer) => {
      seen = { key: pinOf(key), judged: trust.judge(key) };
      return seen.judged.is === 'known' || (seen.judged.is === 'new' && acceptHostKey === undefined);
    },
    ...knownKindsFirst(trust),
  };
  try {
    await ready(client, config, new Trouble('connect-timeout', { host, port }), signal);
  } catch (error) {
    over = true;
    client.destroy();
    if (error instanceof Trouble) throw error;
    const failure = means.failure();
    if (failure !== undefined) throw failure;
    return (
      (seen && refusedKey(target, seen.key, seen.judged)) ?? {
        trouble: await loginTrouble(error as Error & { level?: string }, target, means, tried),
      }
    );
  }
  const way = before && target.via && { link: before, at: `${target.via.host}:${target.via.port}` };
  const loss = lossOf(client, closed, way);
  if (seen?.judged.is === 'new') {
    await writePin(pinFile, pinId, seen.key).catch((error) => {
      client.destroy();
      return pinTrouble(target, error);
    });
  }
  return { client, closed, isOver: () => over, loss };
}

/** What is to be done about a key that was not accepted; undefined when it was not the key that was in the way. */
function refusedKey(target: SshTarget, is: Pin, judged: Judgement): Attempt | undefined {
  const { host, port, acceptHostKey } = target;
  switch (judged.is) {
    case 'known':
      return undefined;
    case 'revoked':
      return { trouble: new Trouble('host-key-revoked', { host, port, is: is.sha256, file: judged.where }) };
    case 'new':
      if (!acceptHostKey) return undefined;
      return {
        newKey: { is, was: undefined, ...(judged.authority && { authority: true }) },
        trouble: undefined,
      };
    case 'changed': {
      const { was, where } = judged;
      const facts = { host, port, was: was.sha256, is: is.sha256, file: where };
      const trouble = new Trouble('host-key-changed', facts);
      return acceptHostKey ? { newKey: { is, was, where }, trouble } : { trouble };
    }
  }
}

/** Without its memory of host keys, Culprit could not notice a changed one: then it sends nothing. */
function pinTrouble({ host, port, pinFile }: SshTarget, error: unknown): never {
  const why = (error as NodeJS.ErrnoException).code ?? 'it is no list of host keys';
  throw new Trouble('connect-failed', { host, port, detail: `${pinFile}: ${why}` }, { cause: error });
}

function ready(
  client: ssh2.Client,
  config: ConnectConfig,
  late: Trouble,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((done, reject) => {
    const timer = setTimeout(() => settle(late), HANDSHAKE_MS);
    const inTime = () => clearTimeout(timer);
    const abort = () => settle(new Trouble('cancelled'));
    const fail = (error: Error & { level?: string }) => {
      // An agent that cannot be reached is only one of the ways.
      if (error.level !== 'agent') settle(error);
    };
    const ended = () => settle(new Error('The server closed the connection'));
    const settle = (error?: Error) => {
      inTime();
      signal?.removeEventListener('abort', abort);
      client.off('close', ended);
      client.off('error', fail);
      if (!error) return done();
      client.on('error', () => {});
      reject(error);
    };
    client.once('handshake', inTime);
    client.once('ready', () => settle());
    client.on('error', fail);
    client.once('close', ended);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    else client.connect(config);
  });
}

/** Asks for the kinds of key that are known first, or a host with several would look as if its key had changed. */
function knownKindsFirst({ kinds }: HostTrust): Pick<ConnectConfig, 'algorithms'> {
  const rsa = ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'];
  const names = kinds.flatMap((kind) => (kind === 'ssh-rsa' ? rsa : [kind]));
  const usable = names.filter((name) => HOST_KEY_KINDS.has(name)) as ServerHostKeyAlgorithm[];
  if (usable.length === 0) return {};
  // ssh2 takes the operations in this order, and does not move what is already in its list.
  return { algorithms: { serverHostKey: { remove: usable, prepend: usable, append: [] } } };
}
