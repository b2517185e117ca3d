import ipaddr from 'ipaddr.js';
import type { Resolver } from '../probe/lib/resolv-conf.ts';

/** A domain that the C library puts behind names of fewer than `ndots` dots before it asks for them as they are. */
export interface Searched {
  domain: string;
  ndots: number;
}

/** Whom the C library asks where no name server is named. */
const NOBODY_NAMED = '127.0.0.1';

/** The name servers that are really asked: those with an IPv4 address, and where none has one, all. */
export function asked(servers: readonly string[]): string[] {
  if (servers.length === 0) return [NOBODY_NAMED];
  const four = servers.filter((s) => ipaddr.IPv4.isValid(s));
  return four.length > 0 ? four : servers.filter((s) => ipaddr.IPv6.isValid(s));
}

/** Names are searched for by the last `ndots`, 1 without any; at most 15, as in the C library. */
export function searchedBy({ search, options }: Resolver): Searched | undefined {
  const [domain] = search;
  const said = options.findLast((word) => /^ndots:\d+$/.test(word));
  const usable = domain !== undefined && /^[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?$/.test(domain);
  return usable ? { domain, ndots: Math.min(15, Number(said?.slice('ndots:'.length) ?? 1)) } : undefined;
}

/** What `ndots` is held against. */
export const dots = (name: string) => name.replace(/\.$/, '').split('.').length - 1;
