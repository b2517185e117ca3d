import ipaddr from 'ipaddr.js';
import { oneLine } from './answer.ts';

/** A name that a hosts file gives an address, so that no name server is asked for it. */
export interface HostsEntry {
  name: string;
  address: string;
}

/** Reads the lines of a hosts file: IPv4 entries but loopback's, one for each name. */
export function readHosts(lines: readonly string[]): HostsEntry[] {
  return lines.flatMap((line) => {
    const [address = '', ...names] = oneLine(line).replace(/#.*$/, '').trim().split(/\s+/);
    if (!ipaddr.IPv4.isValidFourPartDecimal(address) || address.startsWith('127.')) return [];
    return names.map((name) => ({ name, address }));
  });
}
