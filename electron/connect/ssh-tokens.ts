import { hostname, userInfo } from 'node:os';
import { resolve } from 'node:path';

/** What the tokens of an ssh_config value stand for. */
export interface TokenValues {
  /** As the person named it. */
  name: string;
  host: string;
  port: number;
  user: string;
  jump?: string | undefined;
  keyAlias?: string | undefined;
}

/** The home that ssh goes by: that of the account, whatever HOME says. */
export function sshHome(): string {
  return userInfo().homedir;
}

/**
 * A path of ssh_config as it is meant: `~`, `%` tokens and `${VARIABLES}` replaced, absolute. Undefined when it names a variable
 * that is not set; a token that ssh does not know stays.
 */
export function expandPath(
  text: string,
  values: TokenValues,
  env: NodeJS.ProcessEnv = process.env,
): string | undefined {
  let lacks = false;
  const withVariables = text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = env[name];
    if (value === undefined) lacks = true;
    return value ?? '';
  });
  if (lacks) return undefined;
  const tokens = tokensOf(values);
  const full = withVariables.replace(/%(.)/g, (token, letter: string) => tokens[letter] ?? token);
  return resolve(sshHome(), full.replace(/^~(?=\/|$)/, sshHome()));
}

function tokensOf({ name, host, port, user, jump, keyAlias }: TokenValues): Partial<Record<string, string>> {
  const { username, uid } = userInfo();
  const local = hostname();
  return {
    '%': '%',
    d: sshHome(),
    h: host,
    i: String(uid),
    j: jump ?? '',
    k: keyAlias ?? name,
    L: local.split('.')[0] ?? local,
    l: local,
    n: name,
    p: String(port),
    r: user,
    u: username,
  };
}
