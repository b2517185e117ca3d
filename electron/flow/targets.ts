import { isIP } from 'node:net';
import type { Target } from '../../shared/target.ts';
import { Trouble } from '../../shared/trouble.ts';

/**
 * What stands for the internet unless the user names something else. Two addresses of different operators, so that one
 * operator's bad day is no verdict, and one name that IANA keeps for examples and that serves a page of more than one
 * full packet (which is what an MTU black hole swallows).
 */
const DEFAULTS = ['http://1.1.1.1/', 'tcp://8.8.8.8:53', 'http://example.com/'];

const DEFAULT_PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 };

/** The targets of a run that names none. */
export function defaultTargets(): Target[] {
  return DEFAULTS.map(parseTarget);
}

/**
 * Reads a `--target`: `http://`, `https://` or `tcp://host:port`, IPv4 or a name. Throws `Trouble` `bad-target` with
 * the text and what is wrong with it.
 */
export function parseTarget(text: string): Target {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Trouble('bad-target', { target: text, why: 'not-a-url' });
  }
  const port = url.port ? Number(url.port) : DEFAULT_PORTS[url.protocol];
  if (!['http:', 'https:', 'tcp:'].includes(url.protocol)) {
    throw new Trouble('bad-target', { target: text, why: 'unknown-scheme' });
  }
  if (!port) throw new Trouble('bad-target', { target: text, why: 'no-port' });
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!host || !/^[A-Za-z0-9._:-]{1,253}$/.test(host))
    throw new Trouble('bad-target', { target: text, why: 'bad-host' });
  if (isIP(host) === 6) throw new Trouble('bad-target', { target: text, why: 'ipv6' });
  if (url.username || url.password) throw new Trouble('bad-target', { target: text, why: 'has-password' });
  return { url: text, host, isName: isIP(host) === 0, port };
}
