import { z } from 'zod';
import { isAmong } from '../trace/asked-for.ts';
import { every, not, type Perhaps, some } from '../trace/perhaps.ts';

/** The ARP between a container and the VM, asked or answered, in one direction. */
export interface ArpPacket {
  /** IPv4 addresses of who speaks and whom it is for. */
  from: string;
  to: string;
  /** Hardware address of who speaks; null where it is not known. */
  mac: string | null;
  /** The device on the VM's side of it, as each family of nftables sees it. */
  device: Record<'arp' | 'bridge', string>;
  bridge: string;
}

const Match = z.object({ op: z.string(), left: z.unknown(), right: z.unknown() });
const Meta = z.object({ meta: z.object({ key: z.string() }) });
const Payload = z.object({ payload: z.object({ protocol: z.string(), field: z.string() }) });

/** Do all conditions of a rule hold for this ARP? undefined where that can't be told. */
export function holdsForArp(
  expr: readonly Record<string, unknown>[],
  packet: ArpPacket,
  family: 'arp' | 'bridge',
  way: 'in' | 'out',
): Perhaps {
  const each = expr.map((statement) => {
    if ('xt' in statement || 'limit' in statement) return undefined;
    if (!('match' in statement)) return true;
    const match = Match.safeParse(statement.match).data;
    if (!match) return undefined;
    const values = valuesOf(match.left, packet, family, way);
    const fits = values?.map((value) => isAmong(value, match.right, () => undefined));
    if (!fits) return undefined;
    if (match.op === '!=') return some(fits.map(not));
    return match.op === '==' || match.op === 'in' ? some(fits) : undefined;
  });
  return every(each);
}

/** What may stand where a match looks; undefined where that is not known. */
function valuesOf(
  left: unknown,
  { from, to, mac, device, bridge }: ArpPacket,
  family: 'arp' | 'bridge',
  way: 'in' | 'out',
): (string | number)[] | undefined {
  const key = Meta.safeParse(left).data?.meta.key;
  if (key === `${way === 'in' ? 'i' : 'o'}ifname`) return [device[family]];
  if (key === `${way === 'in' ? 'i' : 'o'}brname`) return [bridge];
  if (key === 'protocol') return ['arp'];
  const payload = Payload.safeParse(left).data?.payload;
  if (!payload) return undefined;
  switch (`${payload.protocol} ${payload.field}`) {
    case 'ether type':
      return ['arp'];
    case 'arp htype':
      return [1];
    case 'arp ptype':
      return ['ip', 2048];
    case 'arp hlen':
      return [6];
    case 'arp plen':
      return [4];
    // either is enough to keep two from each other
    case 'arp operation':
      return ['request', 'reply', 1, 2];
    case 'arp saddr ip':
      return [from];
    case 'arp daddr ip':
      return [to];
    case 'arp saddr ether':
    case 'ether saddr':
      return mac === null ? undefined : [mac];
    default:
      return undefined;
  }
}
