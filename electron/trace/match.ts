import type { FlowSpec } from '../../shared/flow.ts';

/**
 * Packets to follow: those that fit all that is said here. Everything is an address or a number by now, never text from
 * outside.
 */
export interface PacketMatch {
  /** None: from anywhere, as where a name's address is not known beforehand. */
  sources: readonly string[];
  destinations: readonly string[];
  /** Of `tcp` only SYN and RST: the packets that open or refuse a connection, and no data. */
  proto: 'tcp' | 'udp' | 'icmp';
  sport?: number;
  dport?: number;
  icmpTypes?: readonly string[];
}

/**
 * One flow's packets: what it sends, and what comes back, also from behind a published port. `addresses` are those that
 * its destination stands for.
 */
export function matchesFor(
  flow: FlowSpec,
  sources: readonly string[],
  addresses: readonly string[],
): PacketMatch[] {
  const { proto, behind } = flow.to;
  const port = flow.to.guestPort ?? flow.to.port;
  const there = { sources, destinations: addresses, proto };
  const back = { sources: addresses, destinations: [], proto };
  if (proto === 'icmp') {
    return [
      { ...there, icmpTypes: ['echo-request'] },
      { ...back, icmpTypes: ['echo-reply'] },
    ];
  }
  const matches: PacketMatch[] = [
    { ...there, dport: port },
    { ...back, sport: port },
  ];
  if (behind) {
    matches.push({ sources: [behind.host], destinations: [], proto, sport: behind.port });
    matches.push({ sources: [], destinations: [behind.host], proto, dport: behind.port });
  }
  return matches;
}

/**
 * ICMP errors to these addresses: they carry the reason why a packet was rejected, or was too big. About a flow they go to
 * either of its ends; about what was translated on its way out they come to the guest first. Nothing where there is no address,
 * for that would be everybody's errors.
 */
export function errorsTo(addresses: readonly string[]): PacketMatch[] {
  if (addresses.length === 0) return [];
  const icmpTypes = ['destination-unreachable', 'time-exceeded'];
  return [{ sources: [], destinations: [...new Set(addresses)], proto: 'icmp', icmpTypes }];
}

const among = (all: readonly (string | number)[]) =>
  all.length === 1 ? `${all[0]}` : `{ ${all.join(', ')} }`;

/** The match in nft's words. */
export function nftMatch({ sources, destinations, proto, sport, dport, icmpTypes }: PacketMatch): string {
  const words: string[] = [];
  if (sources.length > 0) words.push(`ip saddr ${among(sources)}`);
  if (destinations.length > 0) words.push(`ip daddr ${among(destinations)}`);
  if (icmpTypes) words.push(`icmp type ${among(icmpTypes)}`);
  if (sport !== undefined) words.push(`${proto} sport ${sport}`);
  if (dport !== undefined) words.push(`${proto} dport ${dport}`);
  if (proto === 'tcp') words.push('tcp flags & (syn|rst) != 0x0');
  return words.join(' ');
}

/**
 * What every packet has that fits none of the matches, in nft's words, as far as it can be told at one look; empty where a match
 * takes packets from anywhere to anywhere.
 */
export function nftOthers(matches: readonly PacketMatch[]): string {
  const from = new Set(matches.flatMap(({ sources }) => sources));
  const to = new Set(
    matches.flatMap(({ sources, destinations }) => (sources.length === 0 ? destinations : [])),
  );
  if (matches.some(({ sources, destinations }) => sources.length + destinations.length === 0)) return '';
  const words: string[] = [];
  if (from.size > 0) words.push(`ip saddr != ${among([...from])}`);
  if (to.size > 0) words.push(`ip daddr != ${among([...to])}`);
  return words.join(' ');
}

/** The match in iptables' words, which say one address at a time: several rules. */
export function iptablesMatches(match: PacketMatch): string[] {
  const { sources, destinations, proto, sport, dport, icmpTypes } = match;
  let rules = [`-p ${proto}`];
  const times = (option: string, values: readonly (string | number)[]) => {
    if (values.length > 0)
      rules = rules.flatMap((rule) => values.map((value) => `${rule} ${option} ${value}`));
  };
  times('-s', sources);
  times('-d', destinations);
  // one of them is set, or both
  if (proto === 'tcp') times('-m tcp ! --tcp-flags', ['SYN,RST NONE']);
  if (proto === 'udp') times('-m', ['udp']);
  times('-m icmp --icmp-type', icmpTypes ?? []);
  times('--sport', sport === undefined ? [] : [sport]);
  times('--dport', dport === undefined ? [] : [dport]);
  return rules;
}
