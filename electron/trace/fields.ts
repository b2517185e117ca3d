import type { Packet } from '../../shared/trace.ts';
import { memo } from './memo.ts';
import { numberAfter, wholeNumberAfter, wordAfter } from './words.ts';

/** Protocols, and sets of flags, that are remembered. */
const KNOWN = 256;

/** TCP's flags in nft's order, so that one packet reads the same in every format. */
const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];

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

/** Hosts that talk to one another, over interfaces. */
interface Ends {
  iif: string | undefined;
  oif: string | undefined;
  src: string;
  dst: string;
}

/** What stands before ` LEN=`: packet after packet it is the same few texts. */
const endsOf = memo(KNOWN, (text): Ends | undefined => {
  const src = wordAfter(text, 'SRC=');
  const dst = wordAfter(text, 'DST=');
  return src && dst ? { iif: wordAfter(text, 'IN='), oif: wordAfter(text, 'OUT='), src, dst } : undefined;
});

/**
 * Reads a packet as the kernel's log and xtables-monitor print it: `IN=docker0 SRC=172.17.0.2 … SYN`. An ICMP error quotes
 * the packet it is about in brackets: that is another packet, and is left out. Undefined without both addresses. (Linux
 * 5.10 to 6.18; xtables-monitor 1.8.7 glues `DF` to the id.)
 */
export function packetFromFields(line: string): Packet | undefined {
  const quoted = line.indexOf('[');
  const own = quoted < 0 ? line : line.slice(0, quoted);
  const length = own.indexOf(' LEN=');
  const ends = endsOf(length < 0 ? own : own.slice(0, length));
  if (!ends) return undefined;
  const text = length < 0 ? '' : own.slice(length);
  // A line that is cut in half could end in half a port
  const dport = wholeNumberAfter(text, 'DPT=') ?? wholeNumberAfter(text, 'DPORT=');
  const sport = dport === undefined ? undefined : (numberAfter(text, 'SPT=') ?? numberAfter(text, 'SPORT='));
  const named = wordAfter(text, 'PROTO=');
  const flags = flagsIn(text);
  const type = dport === undefined ? wordAfter(text, 'TYPE=') : undefined;
  const proto = named ? protocolOf(named) : unnamed(flags, type, sport);
  const icmp = proto === 'icmp';
  return {
    iif: ends.iif,
    oif: ends.oif,
    src: ends.src,
    dst: ends.dst,
    proto,
    sport,
    dport,
    ipId: numberAfter(text, 'ID='),
    flags,
    ttl: numberAfter(text, 'TTL=') ?? numberAfter(text, 'HOPLIMIT='),
    icmpType: icmp ? (ICMP_TYPES[type ?? ''] ?? type) : undefined,
    icmpCode: icmp && type === '3' ? UNREACHABLE_CODES[wordAfter(text, 'CODE=') ?? ''] : undefined,
  };
}

/** TCP's flags: bare words, which the kernel's log has before `URGP=`, and xtables-monitor at the end. */
function flagsIn(text: string): string | undefined {
  const reserved = text.indexOf(' RES=');
  const before = reserved < 0 ? text.indexOf(' DPORT=') : reserved;
  const from = before < 0 ? -1 : text.indexOf(' ', before + 1);
  if (from < 0) return undefined;
  const end = text.indexOf(' URGP=', from);
  return flagNames(end < 0 ? text.slice(from) : text.slice(from, end));
}

const flagNames = memo(KNOWN, (text) => {
  const words = text.split(' ');
  const found = FLAGS.filter((flag) => words.includes(flag));
  return found.length === 0 ? undefined : found.join('|').toLowerCase();
});

const protocolOf = memo(KNOWN, (named) => {
  const proto = named.toLowerCase();
  return proto === 'ipv6-icmp' ? 'icmpv6' : proto;
});

/** xtables-monitor names no protocol where the ports and flags show it. */
function unnamed(flags: string | undefined, type: string | undefined, sport: number | undefined): string {
  if (flags !== undefined) return 'tcp';
  if (type !== undefined) return 'icmp';
  return sport === undefined ? 'unknown' : 'udp';
}
