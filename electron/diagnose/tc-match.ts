import type { TcFilter } from '../probe/lib/tc-filter.ts';
import { every, type Perhaps } from '../trace/perhaps.ts';
import type { KnownPacket } from '../trace/rule-parts.ts';
import { covers } from './covers.ts';

const PROTOCOLS: Record<string, number> = { icmp: 1, tcp: 6, udp: 17 };
const IP = new Set(['ip', 'all']);

/** Does a filter of tc look at this packet? Undefined where that can't be known. */
export function takes({ protocol, match }: TcFilter, packet: KnownPacket): Perhaps {
  if (!IP.has(protocol)) return false;
  if (match?.by === 'all') return true;
  if (match?.by === 'bits') return every(match.bits.map((bits) => hasBits(bits, packet)));
  if (match?.by === 'fields')
    return every(Object.entries(match.fields).map(([name, value]) => hasField(name, String(value), packet)));
  return undefined;
}

/**
 * The filter at an end of a device that decides about the packet: the first that takes it and does not say “continue”. Undefined
 * where none does, or where that is not known of one before.
 */
export function deciding(filters: readonly TcFilter[], packet: KnownPacket): TcFilter | undefined {
  for (const filter of filters) {
    const taken = takes(filter, packet);
    if (taken === undefined) return undefined;
    if (taken && filter.actions.at(-1) !== 'continue') return filter;
  }
  return undefined;
}

/** The bytes of an IP header without options, and of the ports behind it, by their place. */
function bytesOf({ proto, src, dst, sport, dport }: KnownPacket): Map<number, number> {
  const known = new Map<number, number>();
  const put = (at: number, bytes: readonly number[]) => {
    for (const [i, byte] of bytes.entries()) known.set(at + i, byte);
  };
  const port = (n: number) => [n >> 8, n & 255];
  const number = PROTOCOLS[proto];
  if (number !== undefined) put(9, [number]);
  if (src !== undefined) put(12, src.split('.').map(Number));
  if (dst !== undefined) put(16, dst.split('.').map(Number));
  if (sport !== undefined) put(20, port(sport));
  if (dport !== undefined) put(22, port(dport));
  return known;
}

function hasBits(
  { offset, value, mask }: { offset: number; value: number; mask: number },
  packet: KnownPacket,
): Perhaps {
  const known = bytesOf(packet);
  return every(
    [0, 1, 2, 3].map((i) => {
      const wanted = (mask >>> (24 - 8 * i)) & 255;
      if (wanted === 0) return true;
      const byte = known.get(offset + i);
      return byte === undefined ? undefined : (byte & wanted) === ((value >>> (24 - 8 * i)) & wanted);
    }),
  );
}

function hasField(name: string, value: string, packet: KnownPacket): Perhaps {
  const { proto, src, dst, sport, dport } = packet;
  const is = (has: string | number | undefined) => (has === undefined ? undefined : String(has) === value);
  const within = (has: string | undefined) =>
    has === undefined ? undefined : covers(value.includes('/') ? value : `${value}/32`, has);
  switch (name) {
    case 'eth_type':
      return value === 'ipv4';
    case 'ip_proto':
      return value === proto;
    case 'src_ip':
      return within(src);
    case 'dst_ip':
      return within(dst);
    case 'src_port':
      return is(sport);
    case 'dst_port':
      return is(dport);
    default:
      return undefined;
  }
}
