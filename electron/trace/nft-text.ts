import type { Family, Packet, TraceEvent } from '../../shared/trace.ts';

const FAMILIES = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);

const LINE =
  /^trace id ([0-9a-f]{1,8}) (\w+) (\S+) (\S+) (packet:|rule |unknown rule handle |verdict |policy )(.*)$/;
const VERDICT = /^(.*?) ?\(verdict (\w+)(?: (\S+?))?\)\s*$/;
const HANDLE = /^(.*?) ?# handle (\d+)$/;

/**
 * One line of `nft [-a] monitor trace` (tested on 0.9.8, 1.0.6 and 1.1.3; `-a` adds the handles) as an event, without
 * its number. Returns undefined for anything else: monitor notes, lines cut in half, other output.
 */
export function parseNftTraceLine(line: string): Omit<TraceEvent, 'n' | 'backend'> | undefined {
  const match = LINE.exec(line);
  if (!match) return undefined;
  const [, traceId = '', family = '', table = '', chain = '', word = '', rest = ''] = match;
  if (!FAMILIES.has(family)) return undefined;
  const core = { traceId, family: family as Family, table, chain };
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

/** The `packet:` part: pairs of words in an order that differs between versions, so each is looked for by name. */
function parsePacket(text: string): Packet | undefined {
  const word = (name: string) =>
    new RegExp(`(?:^|\\s)${name} (?:== )?("[^"]*"|\\S+)`).exec(text)?.[1]?.replace(/"/g, '');
  const number = (name: string) => {
    const value = word(name);
    return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
  };
  const v6 = / ip6 saddr /.test(` ${text}`);
  const src = word(v6 ? 'ip6 saddr' : 'ip saddr');
  const dst = word(v6 ? 'ip6 daddr' : 'ip daddr');
  if (!src || !dst) return undefined;
  const named = word(v6 ? 'ip6 nexthdr' : 'ip protocol');
  // In the ip family nft leaves the protocol out where the next header names it
  const proto = named
    ? (PROTOCOLS[named] ?? named)
    : (/\s(tcp|udp|icmp|icmpv6|sctp) (?:sport|type)\b/.exec(text)?.[1] ?? 'unknown');
  const ports = proto === 'tcp' || proto === 'udp';
  return clean({
    iif: word('iif'),
    oif: word('oif'),
    src,
    dst,
    proto,
    sport: ports ? number(`${proto} sport`) : undefined,
    dport: ports ? number(`${proto} dport`) : undefined,
    ipId: v6 ? undefined : number('ip id'),
    flags: flagNames(word('tcp flags')),
    ttl: number(v6 ? 'ip6 hoplimit' : 'ip ttl'),
    icmpType: word(v6 ? 'icmpv6 type' : 'icmp type'),
    icmpCode: word(v6 ? 'icmpv6 code' : 'icmp code'),
  });
}

const FLAGS = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ecn', 'cwr'];

/** nft prints one flag by name and several as a number: `syn`, `0x12`. */
function flagNames(text: string | undefined): string | undefined {
  if (!text?.startsWith('0x')) return text?.replace(/,/g, '|');
  const bits = Number(text);
  return FLAGS.filter((_, i) => bits & (1 << i)).join('|');
}

function clean(packet: { [K in keyof Packet]: Packet[K] | undefined }): Packet {
  return Object.fromEntries(Object.entries(packet).filter(([, value]) => value !== undefined)) as Packet;
}
