import type { Family, Packet } from '../../shared/trace.ts';
import type { Happening } from './format.ts';
import { memo } from './memo.ts';
import { numberAfter, wordAfter } from './words.ts';

/** Interfaces and sets of flags that differ which are remembered. */
const KNOWN = 256;

const FAMILIES = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);

const CHAIN = /^(\w+) (\S+) (\S+)$/;
const HAPPENING = /^(\w+ \S+ \S+) (rule |unknown rule handle |verdict |policy )(.*)$/;
const VERDICT = /^(.*?) ?\(verdict (\w+)(?: (\S+?))?\)\s*$/;
const HANDLE = /^(.*?) ?# handle (\d+)$/;

/** `inet firewalld filter_FORWARD`: the chain in which something happened. */
export function parseNftChain(text: string): Pick<Happening, 'family' | 'table' | 'chain'> | undefined {
  const [, family = '', table = '', chain = ''] = CHAIN.exec(text) ?? [];
  return FAMILIES.has(family) ? { family: family as Family, table, chain } : undefined;
}

/**
 * What follows the trace id in a line of `nft [-a] monitor trace` (tested on 0.9.8, 1.0.6 and 1.1.3; `-a` adds the handles),
 * where that is not a packet. Undefined for anything else: monitor notes, lines cut in half, other output.
 */
export function parseNftHappening(text: string): Happening | undefined {
  const [, where = '', word = '', rest = ''] = HAPPENING.exec(text) ?? [];
  const core = parseNftChain(where);
  if (!core) return undefined;
  switch (word.trim()) {
    case 'policy':
      return { ...core, what: 'policy', verdict: rest.trim() };
    case 'verdict':
      return { ...core, what: 'return', verdict: rest.trim() };
    default: {
      const verdict = VERDICT.exec(rest);
      if (!verdict) return undefined;
      const [, body = '', word2 = '', target] = verdict;
      const unknown = word.startsWith('unknown');
      const handle = HANDLE.exec(body);
      const text = unknown ? '' : (handle?.[1] ?? body);
      const number = unknown ? Number(body) : handle ? Number(handle[2]) : undefined;
      return {
        ...core,
        what: 'rule',
        rule: number === undefined ? { text } : { text, handle: number },
        verdict: word2 === 'drop' && /\breject\b/.test(text) ? 'reject' : word2,
        ...(target ? { target } : {}),
      };
    }
  }
}

const PROTOCOLS: Record<string, string> = { 'ipv6-icmp': 'icmpv6' };
/** Headers in which the protocol shows, where nft does not name it (it leaves it out in the ip family). */
const TRANSPORT = ['tcp', 'udp', 'icmp', 'icmpv6', 'sctp'].map((proto) => ({
  proto,
  fields: [`${proto} sport `, `${proto} type `],
}));

/**
 * What follows `packet:` in a line: a header's name before each field, and its value, in an order that differs between
 * versions. Undefined without both addresses, and where the line was cut within the ports.
 */
export function parseNftPacket(text: string): Packet | undefined {
  const src6 = wordAfter(text, 'ip6 saddr ');
  const v6 = src6 !== undefined;
  const src = src6 ?? wordAfter(text, 'ip saddr ');
  const dst = wordAfter(text, v6 ? 'ip6 daddr ' : 'ip daddr ');
  if (!src || !dst) return undefined;
  const named = wordAfter(text, v6 ? 'ip6 nexthdr ' : 'ip protocol ');
  const proto = named ? (PROTOCOLS[named] ?? named) : transportOf(text);
  const tcp = proto === 'tcp';
  const ports = tcp || proto === 'udp';
  // A line that is cut in half could end in half a port: what stands behind the ports has to be there
  if (ports && wordAfter(text, tcp ? 'tcp window ' : 'udp length ') === undefined) return undefined;
  const iif = wordAfter(text, 'iif ');
  const oif = wordAfter(text, 'oif ');
  const flags = tcp ? (wordAfter(text, 'tcp flags == ') ?? wordAfter(text, 'tcp flags ')) : undefined;
  return {
    iif: iif && unquoted(iif),
    oif: oif && unquoted(oif),
    src,
    dst,
    proto,
    sport: ports ? numberAfter(text, tcp ? 'tcp sport ' : 'udp sport ') : undefined,
    dport: ports ? numberAfter(text, tcp ? 'tcp dport ' : 'udp dport ') : undefined,
    ipId: v6 ? undefined : numberAfter(text, 'ip id '),
    flags: flags && flagNames(flags),
    ttl: numberAfter(text, v6 ? 'ip6 hoplimit ' : 'ip ttl '),
    icmpType: ports ? undefined : wordAfter(text, v6 ? 'icmpv6 type ' : 'icmp type '),
    icmpCode: ports ? undefined : wordAfter(text, v6 ? 'icmpv6 code ' : 'icmp code '),
    ...(proto === 'icmp' ? quotedBy(text) : {}),
  };
}

/** What follows an ICMP error's own header: the first 12 bytes of the IPv4 header that it quotes, as one number. */
const QUOTED = /@th,64,96 0x4[0-9a-f]{7}([0-9a-f]{4})[0-9a-f]{6}([0-9a-f]{2})[0-9a-f]{4}(?![0-9a-f])/;

function quotedBy(text: string): Pick<Packet, 'quotes'> {
  const [, ipId, proto] = QUOTED.exec(text) ?? [];
  if (ipId === undefined || proto === undefined) return {};
  return { quotes: { proto: Number.parseInt(proto, 16), ipId: Number.parseInt(ipId, 16) } };
}

function transportOf(text: string): string {
  const shown = TRANSPORT.find(({ fields }) => fields.some((name) => wordAfter(text, name) !== undefined));
  return shown?.proto ?? 'unknown';
}

/** An interface stands in quotes. */
const unquoted = memo(KNOWN, (word) => word.replace(/"/g, ''));

const FLAGS = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ecn', 'cwr'];

/** nft prints one flag by name and several as a number: `syn`, `0x12`. */
const flagNames = memo(KNOWN, (text) => {
  if (!text.startsWith('0x')) return text.replace(/,/g, '|');
  const bits = Number(text);
  return FLAGS.filter((_, i) => bits & (1 << i)).join('|');
});
