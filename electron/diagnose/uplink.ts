import ipaddr from 'ipaddr.js';
import type { Interface } from '../probe/interfaces.ts';

/** Interfaces with hardware behind them, as VirtualBox's adapters are: bridges, veths and tunnels have a kind. */
export function adapters(interfaces: readonly Interface[]): Interface[] {
  return interfaces.filter((i) => i.kind === '' && !i.flags.includes('LOOPBACK'));
}

/** The gateway of a VirtualBox NAT network, the second address of the /24 that this address lies in. */
export function natGatewayFor(address: string): string | undefined {
  if (!ipaddr.IPv4.isValid(address)) return undefined;
  return [...ipaddr.IPv4.parse(address).octets.slice(0, 3), 2].join('.');
}
