import type { Family, Packet } from '../../shared/trace.ts';
import type { Happening } from './format.ts';

const FAMILIES = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);

const HAPPENING = /^(\w+) (\S+) (\S+) (packet:|rule |unknown rule handle |verdict |policy )(.*)$/;
const VERDICT = /^(.*?) ?\(verdict (\w+)(?: (\S+?))?\)\s*$/;
const HANDLE = /^(.*?) ?# handle (\d+)$/;

/**
 * What follows the trace id in a line of `nft [-a] monitor trace` (tested on 0.9.8, 1.0.6 and 1.1.3; `-a` adds the handles).
 * Undefined for anything else: monitor notes, lines cut in half, other output.
 */
export function parseNftHappening(text: string): Happening | undefined {
  const match = HAPPENING.exec(text);
  if (!match) return undefined;
  const [, family = '', table = '', chain = '', word = '', rest = ''] = match;
  if (!FAMILIES.has(family)) return undefined;
  const core = { family: family as Family, table, chain };
  switch (word.trim()) {
    case 'packet:': {
      const packet = parsePacket(rest);
      return packet && { ...core, what: 'packet', packet };
    }
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
/** Words that begin a header's fields. */
const HEADERS = new Set([
  'ether',
  'vlan',
  'ip',
  'ip6',
  'tcp',
  'udp',
  'icmp',
  'icmpv6',
  'sctp',
  'udplite',
  'dccp',
]);
/** Headers in which the protocol shows, where nft does not name it (it leaves it out in the ip family). */
const TRANSPORT = ['tcp', 'udp', 'icmp', 'icmpv6', 'sctp'];

/**
 * The `packet:` part: a header's name before each field, and its value, in an order that differs between versions. Walked
 * once, for a log has hundreds of thousands of such lines.
 */
function parsePacket(text: string): Packet | undefined {
  const fields = new Map<string, string>();
  const words = text.trimStart().split(' ');
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const header = HEADERS.has(word);
    const name = header ? `${word} ${words[++i] ?? ''}` : word;
    if (words[i + 1] === '==') i++;
    const value = words[++i];
    if (value !== undefined && !fields.has(name)) fields.set(name, unquoted(value));
  }
  const number = (name: string) => {
    const value = fields.get(name);
    return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
  };
  const v6 = fields.has('ip6 saddr');
  const src = fields.get(v6 ? 'ip6 saddr' : 'ip saddr');
  const dst = fields.get(v6 ? 'ip6 daddr' : 'ip daddr');
  if (!src || !dst) return undefined;
  const named = fields.get(v6 ? 'ip6 nexthdr' : 'ip protocol');
  const proto = named
    ? (PROTOCOLS[named] ?? named)
    : (TRANSPORT.find((name) => fields.has(`${name} sport`) || fields.has(`${name} type`)) ?? 'unknown');
  const ports = proto === 'tcp' || proto === 'udp';
  // A line that is cut in half could end in half a port: what stands behind the ports has to be there
  if (ports && !fields.has(proto === 'tcp' ? 'tcp window' : 'udp length')) return undefined;
  return clean({
    iif: fields.get('iif'),
    oif: fields.get('oif'),
    src,
    dst,
    proto,
    sport: ports ? number(`${proto} sport`) : undefined,
    dport: ports ? number(`${proto} dport`) : undefined,
    ipId: v6 ? undefined : number('ip id'),
    flags: flagNames(fields.get('tcp flags')),
    ttl: number(v6 ? 'ip6 hoplimit' : 'ip ttl'),
    icmpType: fields.get(v6 ? 'icmpv6 type' : 'icmp type'),
    icmpCode: fields.get(v6 ? 'icmpv6 code' : 'icmp code'),
  });
}

function unquoted(word: string): string {
  return word.startsWith('"') ? word.replace(/"/g, '') : word;
}

const FLAGS = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ecn', 'cwr'];

/** nft prints one flag by name and several as a number: `syn`, `0x12`. */
function flagNames(text: string | undefined): string | undefined {
  if (!text?.startsWith('0x')) return text?.replace(/,/g, '|');
  const bits = Number(text);
  return FLAGS.filter((_, i) => bits & (1 << i)).join('|');
}

function clean(packet: { [K in keyof Packet]: Packet[K] | undefined }): Packet {
  for (const key of Object.keys(packet) as (keyof Packet)[])
    if (packet[key] === undefined) delete packet[key];
  return packet as Packet;
}
