import type { Packet } from '../../shared/trace.ts';

/** The words of a packet as the kernel's log and xtables-monitor print it: `IN=docker0 SRC=172.17.0.2 … SYN`. */
const FLAGS = new Set(['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR']);

/** ICMP types by number, in nft's words; the kernel prints numbers. */
const ICMP_TYPES: Record<string, string> = {
  '0': 'echo-reply',
  '3': 'destination-unreachable',
  '8': 'echo-request',
  '11': 'time-exceeded',
};
/** Codes of destination-unreachable, in nft's words. */
const UNREACHABLE_CODES: Record<string, string> = {
  '0': 'net-unreachable',
  '1': 'host-unreachable',
  '2': 'prot-unreachable',
  '3': 'port-unreachable',
  '4': 'frag-needed',
  '9': 'net-prohibited',
  '10': 'host-prohibited',
  '13': 'admin-prohibited',
};

/**
 * Reads a packet from `KEY=VALUE` words. An ICMP error quotes the packet it is about in brackets: that is another packet,
 * and is left out. Undefined without both addresses. (Linux 5.10 to 6.18; xtables-monitor 1.8.7 glues `DF` to the id.)
 */
export function packetFromFields(text: string): Packet | undefined {
  const quoted = text.indexOf('[');
  const words = (quoted < 0 ? text : text.slice(0, quoted)).split(' ');
  const fields: Record<string, string> = {};
  const flags: string[] = [];
  for (const word of words) {
    const at = word.indexOf('=');
    if (at > 0) fields[word.slice(0, at)] ??= word.slice(at + 1);
    else if (FLAGS.has(word)) flags.push(word.toLowerCase());
  }
  const { IN, OUT, SRC, DST, TTL, HOPLIMIT, ID } = fields;
  if (!SRC || !DST) return undefined;
  // A line that is cut in half could end in half a port: a blank stands behind a whole one
  const whole = /\bDP(?:OR)?T=\d+\s/.test(text);
  const sport = whole ? number(fields.SPT ?? fields.SPORT) : undefined;
  const dport = whole ? number(fields.DPT ?? fields.DPORT) : undefined;
  const proto = protocol(fields, sport, flags);
  const icmp = proto === 'icmp';
  const packet: { [K in keyof Packet]: Packet[K] | undefined } = {
    iif: IN || undefined,
    oif: OUT || undefined,
    src: SRC,
    dst: DST,
    proto,
    sport,
    dport,
    ipId: number(ID),
    // in nft's order, so that one packet reads the same in every format
    flags:
      flags.length > 0
        ? [...FLAGS]
            .map(low)
            .filter((flag) => flags.includes(flag))
            .join('|')
        : undefined,
    ttl: number(TTL ?? HOPLIMIT),
    icmpType: icmp ? (ICMP_TYPES[fields.TYPE ?? ''] ?? fields.TYPE) : undefined,
    icmpCode: icmp && fields.TYPE === '3' ? UNREACHABLE_CODES[fields.CODE ?? ''] : undefined,
  };
  for (const key of Object.keys(packet) as (keyof Packet)[])
    if (packet[key] === undefined) delete packet[key];
  return packet as Packet;
}

const low = (flag: string) => flag.toLowerCase();

function number(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? undefined : value;
}

/** xtables-monitor names no protocol where the ports and flags show it. */
function protocol(
  fields: Record<string, string>,
  sport: number | undefined,
  flags: readonly string[],
): string {
  const named = fields.PROTO?.toLowerCase();
  if (named === 'icmpv6' || named === 'ipv6-icmp') return 'icmpv6';
  if (named !== undefined && named !== '') return named;
  if (flags.length > 0) return 'tcp';
  if (fields.TYPE !== undefined) return 'icmp';
  return sport === undefined ? 'unknown' : 'udp';
}
