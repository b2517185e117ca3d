import { expect, it } from 'vitest';
import { readEbtables } from '../../electron/probe/lib/ebtables-list.ts';

/** As ebtables-legacy 2.0.11 prints it. */
const LISTED = `ebtables -t filter -N OWN
ebtables -t filter -A INPUT -p ARP -i veth12 -j DROP 
ebtables -t filter -A FORWARD -p IPv4 --ip-dst 172.18.0.0/16 --ip-proto udp --ip-dport 53:60 -j OWN
ebtables -t filter -A FORWARD -p IPv4 --ip-proto tcp -j DROP 
ebtables -t filter -A OWN -p ARP --arp-op Request -j DROP `.split('\n');

it('reads the rules of the old ebtables in order, with their place', () => {
  const chains = readEbtables(LISTED);
  expect(chains.map(({ name, policy }) => [name, policy])).toEqual([
    ['OWN', undefined],
    ['INPUT', 'ACCEPT'],
    ['FORWARD', 'ACCEPT'],
  ]);
  expect(chains[2]?.rules[1]).toEqual({ position: 2, text: '-A FORWARD -p IPv4 --ip-proto tcp -j DROP' });
});

it('knows a policy that is not to accept, and skips what it does not know', () => {
  expect(readEbtables(['ebtables -t filter -P FORWARD DROP', 'The kernel does not support it', ''])).toEqual([
    { table: 'filter', name: 'FORWARD', policy: 'DROP', rules: [] },
  ]);
});
