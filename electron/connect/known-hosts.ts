import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Pin, pinOf } from './host-keys.ts';
import type { KnownHostsPlace } from './ssh-settings.ts';

const MOST_BYTES = 20_000_000;

/** A line of known_hosts that is about a host. */
export interface KnownKey {
  pin: Pin;
  /** `cert-authority` vouches for whatever it signed; `revoked` must never be accepted. */
  marker?: 'revoked' | 'cert-authority';
  /** The name with the port, or the bare host, which ssh takes as well when the key fits. */
  named: 'fully' | 'without-port';
  /** `file:line`. */
  where: string;
}

/** What the user's known_hosts files say of a host; one that cannot be read says nothing, as for ssh. */
export async function knownKeys({ name, files }: KnownHostsPlace): Promise<KnownKey[]> {
  const lists = files.map(async (file) => {
    const text = await readFile(file, 'utf8').catch(() => '');
    return keysOf(text.slice(0, MOST_BYTES), name, file);
  });
  return (await Promise.all(lists)).flat();
}

/** The lines of a known_hosts file that are about a host (`host` or `[host]:port`); what is no such line is left out. */
export function keysOf(text: string, name: string, file: string): KnownKey[] {
  const bare = /^\[(.*)\]:\d+$/.exec(name)?.[1];
  return text.split(/\r?\n/).flatMap((line, n) => {
    const [, marker, hosts = '', base64 = ''] =
      /^\s*(?:@(\S+)\s+)?([^\s#@]\S*)\s+[a-z]\S*\s+([A-Za-z0-9+/]+=*)(?:\s|$)/.exec(line) ?? [];
    const named = matches(hosts, name) ? 'fully' : bare && matches(hosts, bare) ? 'without-port' : undefined;
    const pin = named && pinOfText(base64);
    if (!pin) return [];
    if (marker !== undefined && marker !== 'revoked' && marker !== 'cert-authority') return [];
    return [{ pin, named, where: `${file}:${n + 1}`, ...(marker && { marker }) }];
  });
}

/** Does a line's list of hosts (patterns with `*`, `?` and `!`, or one hash) hold this name? */
function matches(hosts: string, name: string): boolean {
  const hash = /^\|1\|([^|]+)\|([^|]+)$/.exec(hosts);
  if (hash) {
    const [, salt = '', wanted = ''] = hash;
    return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === wanted;
  }
  const patterns = hosts.toLowerCase().split(',');
  const hit = (pattern: string) => wildcard(pattern).test(name);
  if (patterns.some((pattern) => pattern.startsWith('!') && hit(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && hit(pattern));
}

function wildcard(pattern: string): RegExp {
  const body = pattern
    .replace(/\*+/g, '*')
    .replace(/[\s\S]/g, (char) => ({ '*': '.*', '?': '.' })[char] ?? char.replace(/\W/, '\\$&'));
  return new RegExp(`^${body}$`, 's');
}

function pinOfText(base64: string): Pin | undefined {
  const key = Buffer.from(base64, 'base64');
  return key.length > 8 && key.readUInt32BE(0) <= key.length - 4 ? pinOf(key) : undefined;
}
