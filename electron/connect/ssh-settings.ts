import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Trouble } from '../../shared/trouble.ts';
import { expandPath, sshHome, type TokenValues } from './ssh-tokens.ts';

/** ssh may look names up for CanonicalizeHostname. Milliseconds. */
const ASK_MS = 10_000;
const MOST_BYTES = 1_000_000;
/** What ssh tries when its configuration names no key. */
const USUAL_KEYS = /^~\/\.ssh\/id_(?:rsa|dsa|ecdsa|ecdsa_sk|ed25519|ed25519_sk|xmss)$/;
const USUAL_NAMES = ['id_ed25519', 'id_ecdsa', 'id_rsa'];
/** On a Mac, and on Linux. */
const ONE_PASSWORD = [
  'Library/Group Containers/2BUA8C4S2C.com.1password/t/agent.sock',
  '.1password/agent.sock',
];
/** What may stand where ssh wants a host: nothing that a shell in a `Match exec` could take for its own. */
const HOST_NAME = /^[\p{L}\p{N}_:%[][\p{L}\p{N}_.:%[\]-]*$/u;

/** How to get to a host and into it, as the user's ssh would. */
export interface SshSettings {
  /** As the person named it: an alias of ssh_config, a host name or an address. */
  name: string;
  host: string;
  port: number;
  user: string;
  /** Private keys (or public ones, whose other half an agent has) in the order to try; they may not be there. */
  keys: string[];
  /** Does the configuration name them? Else they are ssh's usual ones. */
  keysChosen: boolean;
  /** IdentitiesOnly: no other key may be tried, whatever the agent has. */
  onlyThese: boolean;
  /** Sockets of agents, in the order to ask; they may not be there. */
  agents: string[];
  /** ProxyJump as it is written. */
  jump: string | undefined;
  /** Is the way there a program (ProxyCommand)? */
  byCommand: boolean;
  /** Under which name the host is known to ssh, and where. */
  knownHosts: KnownHostsPlace;
  certificates: string[];
}

export interface KnownHostsPlace {
  /** `host`, or `[host]:port` where the port is another than 22. */
  name: string;
  files: string[];
}

/** What was asked for beside the name; it goes before what the configuration says. */
export interface SshGiven {
  user?: string | undefined;
  port?: number | undefined;
}

export interface AskSsh {
  /** Read this file in place of the user's and the system's, as `ssh -F` does. */
  configFile?: string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Asks ssh itself what its configuration says of a host: nobody else reads Include, Match and patterns just as it does. Where
 * there is no ssh, the name is the host's. Throws Troubles `ssh-config-refused` (in ssh's words) and `cancelled`.
 */
export async function sshSettings(name: string, given: SshGiven, ask: AskSsh = {}): Promise<SshSettings> {
  if (!HOST_NAME.test(name)) throw new Trouble('ssh-config-refused', { name, detail: 'hostname' });
  const printed = await askSsh(name, given, ask);
  return printed === undefined ? plainSettings(name, given) : readSettings(name, printed);
}

/** What `ssh -G` printed; undefined when there is no ssh. */
function askSsh(
  name: string,
  { user, port }: SshGiven,
  { configFile, signal }: AskSsh,
): Promise<string | undefined> {
  const args = [
    ...(configFile === undefined ? [] : ['-F', configFile]),
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...['-G', '--', name],
  ];
  return new Promise((resolve, reject) => {
    const options = {
      timeout: ASK_MS,
      maxBuffer: MOST_BYTES,
      env: { ...process.env, LC_ALL: 'C' },
      ...(signal && { signal }),
    };
    const child = execFile('ssh', args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      if (signal?.aborted) return reject(new Trouble('cancelled'));
      if (error.code === 'ENOENT') return resolve(undefined);
      const detail = stderr.trim().split(/\r?\n/).slice(0, 2).join(' ') || error.message;
      reject(new Trouble('ssh-config-refused', { name, detail: detail.slice(0, 300) }, { cause: error }));
    });
    // A `Match exec` must not wait for somebody to type.
    child.stdin?.end();
  });
}

/** Reads what `ssh -G` prints: a keyword and its value on each line, some several times. */
export function readSettings(name: string, printed: string): SshSettings {
  const lines = printed.split('\n').map((line) => {
    const blank = line.indexOf(' ');
    return { key: line.slice(0, blank), value: line.slice(blank + 1).replace(/^"(.*)"$/, '$1') };
  });
  const all = (key: string) => lines.filter((line) => line.key === key).map(({ value }) => value);
  const one = (key: string) => all(key).find((value) => value !== 'none');
  const host = bare(one('hostname') ?? name);
  const port = Number(one('port') ?? 22);
  const user = one('user') ?? userInfo().username;
  const [jump, keyAlias] = [one('proxyjump'), one('hostkeyalias')];
  const values: TokenValues = { name, host, port, user, jump, keyAlias };
  const paths = (texts: string[]) =>
    texts.flatMap((text) => (text === 'none' ? [] : (expandPath(text, values) ?? [])));
  const keys = all('identityfile');
  return {
    name,
    host,
    port,
    user,
    keys: paths(keys),
    keysChosen: !keys.every((key) => USUAL_KEYS.test(key)),
    onlyThese: one('identitiesonly') === 'yes',
    agents: agentsOf(all('identityagent')[0], values),
    jump,
    byCommand: one('proxycommand') !== undefined,
    knownHosts: {
      name: knownAs(keyAlias ?? host, keyAlias ? 22 : port),
      files: paths([...all('userknownhostsfile'), ...all('globalknownhostsfile')].flatMap(pathList)),
    },
    certificates: paths(all('certificatefile')),
  };
}

/** What holds without any configuration. */
export function plainSettings(name: string, { user, port = 22 }: SshGiven): SshSettings {
  const folder = join(sshHome(), '.ssh');
  const host = bare(name);
  return {
    name,
    host,
    port,
    user: user ?? userInfo().username,
    keys: USUAL_NAMES.map((key) => join(folder, key)),
    keysChosen: false,
    onlyThese: false,
    agents: usualAgents(),
    jump: undefined,
    byCommand: false,
    knownHosts: { name: knownAs(host, port), files: [join(folder, 'known_hosts')] },
    certificates: [],
  };
}

/** The name under which known_hosts has a host. */
export function knownAs(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

/** IdentityAgent: a path, `none`, `SSH_AUTH_SOCK`, or `$VARIABLE`. */
function agentsOf(text: string | undefined, values: TokenValues): string[] {
  if (text === 'none') return [];
  if (text === undefined) return usualAgents();
  const variable = text === 'SSH_AUTH_SOCK' ? text : /^\$(\w+)$/.exec(text)?.[1];
  const socket = variable === undefined ? expandPath(text, values) : process.env[variable];
  return socket ? [socket] : [];
}

/** The agent of the session, and 1Password's, which says nothing of itself in the environment. */
function usualAgents(): string[] {
  const own = process.env.SSH_AUTH_SOCK;
  return [...(own ? [own] : []), ...ONE_PASSWORD.map((path) => join(sshHome(), path))];
}

/** ssh prints several paths with blanks between them, and does not quote: a new one begins where a path can. */
function pathList(text: string): string[] {
  return text.split(/ (?=[~/%$])/);
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
