import { Trouble, type TroubleFacts } from '../../shared/trouble.ts';
import type { LoginMeans } from './auth-sources.ts';
import type { SshTarget } from './ssh-target.ts';
import { unusedKey } from './unused-key.ts';

/** What ssh2 calls that of which the server allows nothing it knows, and the option that lists it for sshd. */
const OPTIONS: Partial<Record<string, TroubleFacts['connect-nothing-common']['option']>> = {
  'key exchange algorithm': 'KexAlgorithms',
  'host key format': 'HostKeyAlgorithms',
  cipher: 'Ciphers',
  MAC: 'MACs',
};

/** Why a connection did not let us in. */
export async function loginTrouble(
  failure: Error & { level?: string },
  target: SshTarget,
  { identity, files, sources, locked }: LoginMeans,
  tried: string[],
): Promise<Trouble> {
  const { host, port, user } = target;
  if (/too many authentication failures/i.test(failure.message)) {
    return new Trouble('auth-too-many', { host, port, user, tried }, { cause: failure });
  }
  const [, missing] = /no matching (?:[CS]->[CS] )?(.+)$/.exec(failure.message) ?? [];
  const option = missing && OPTIONS[missing];
  if (option) return new Trouble('connect-nothing-common', { host, port, option }, { cause: failure });
  if (failure.level !== 'client-authentication') {
    return new Trouble('connect-failed', { host, port, detail: failure.message }, { cause: failure });
  }
  const wrong = locked.find((one) => one.wrong);
  if (wrong) return new Trouble('passphrase-wrong', { file: wrong.file.path });
  if (identity?.problem === 'passphrase' && !locked.some(({ file }) => file === identity)) {
    return new Trouble('key-needs-passphrase', { file: identity.path, detail: identity.detail });
  }
  const certificates = target.sources?.certificates ?? [];
  const unused = await unusedKey({ files, certificates, agents: sources.agents });
  return new Trouble('auth-failed', { user, host, port, tried, ...(unused && { unused }) });
}
