import type { Text } from '../../shared/text.ts';
import type { Interface } from '../probe/interfaces.ts';
import type { PeditKey, TcAction, TcFilter } from '../probe/lib/tc-filter.ts';
import type { KnownPacket } from '../trace/rule-parts.ts';
import { covers } from './covers.ts';

/** What a filter does to a packet that loses it. */
export interface Harm {
  how: 'diverts' | 'changes';
  says: Text;
}

/** A field that an action of pedit sets. */
export interface SetField {
  /** As tc names it: `ip ttl`, `tcp dport`. */
  name: string;
  value: string;
}

/** Packets cross more routers than this on their way through the internet. */
const FEW_HOPS = 8;

const FIELDS: Record<string, Record<string, [name: string, length: number]>> = {
  ipv4: { 8: ['ip ttl', 1], 12: ['ip src', 4], 16: ['ip dst', 4] },
  tcp: { 0: ['tcp sport', 2], 2: ['tcp dport', 2] },
  udp: { 0: ['udp sport', 2], 2: ['udp dport', 2] },
};

/** The one field that a key of pedit sets; undefined where it is none of those that are known, or more than one. */
export function fieldOf({ header, offset, how, value, mask }: PeditKey): SetField | undefined {
  const bytes = [0, 1, 2, 3].flatMap((i) => {
    const shift = 24 - 8 * i;
    const kept = (mask >>> shift) & 255;
    return kept === 255 ? [] : [{ at: offset + i, kept, byte: (value >>> shift) & 255 }];
  });
  const [name, length] = FIELDS[header]?.[bytes[0]?.at ?? -1] ?? [];
  if (how !== 'set' || name === undefined || bytes.length !== length || bytes.some(({ kept }) => kept !== 0))
    return undefined;
  const values = bytes.map(({ byte }) => byte);
  return {
    name,
    value: length === 4 ? values.join('.') : String(values.reduce((sum, byte) => sum * 256 + byte, 0)),
  };
}

/** How the actions of a filter lose a packet that they are done to; undefined where they do not, for all that is known. */
export function harmOf(
  { does }: TcFilter,
  packet: KnownPacket,
  interfaces: readonly Interface[],
): Harm | undefined {
  for (const [i, action] of does.entries()) {
    const harm = ofAction(action, does.slice(i + 1), packet, interfaces);
    if (harm) return harm;
  }
  return undefined;
}

function ofAction(
  action: TcAction,
  later: readonly TcAction[],
  packet: KnownPacket,
  interfaces: readonly Interface[],
): Harm | undefined {
  switch (action.kind) {
    case 'mirred': {
      const to = interfaces.find(({ name }) => name === action.to);
      // an ifb gives packets back once they are through its queue
      if (action.how !== 'redirect' || (to?.kind === 'ifb' && to.up)) return undefined;
      return {
        how: 'diverts',
        says: {
          en: `sends them to ${action.to} instead`,
          'zh-CN': `把它们转送到了 ${action.to}`,
        },
      };
    }
    case 'vlan':
      return action.how === 'push'
        ? {
            how: 'changes',
            says: {
              en: `puts them into the VLAN ${action.id ?? ''}`,
              'zh-CN': `给它们加上了 VLAN ${action.id ?? ''} 标签`,
            },
          }
        : undefined;
    case 'nat': {
      const at = action.direction === 'egress' ? packet.src : packet.dst;
      return at !== undefined && covers(action.from, at)
        ? { how: 'changes', says: sets(at, action.to) }
        : undefined;
    }
    case 'pedit':
      return ofPedit(action.keys, later, packet);
    default:
      return undefined;
  }
}

const sets = (from: string, to: string): Text => ({
  en: `changes the address ${from} into ${to}`,
  'zh-CN': `把地址 ${from} 改成 ${to}`,
});

function ofPedit(
  keys: readonly PeditKey[],
  later: readonly TcAction[],
  packet: KnownPacket,
): Harm | undefined {
  const summed = later.some((a) => a.kind === 'csum' && /\bip(4h|h)?\b/.test(a.of));
  const fields = keys.flatMap((key) => fieldOf(key) ?? []);
  const words = fields.map(({ name, value }) => `${name} ${value}`).join(', ');
  if (keys.some(({ header }) => header === 'ipv4') && !summed)
    return {
      how: 'changes',
      says: {
        en: `changes their IP header${words && ` (${words})`} and leaves its checksum as it was, so that whoever gets them next throws them away`,
        'zh-CN': `修改了 IP 首部${words && `（${words}）`}却没有更新校验和，下一个收到它们的主机会将其丢弃`,
      },
    };
  const harmful = fields.filter(({ name, value }) => {
    if (name === 'ip ttl') return Number(value) < FEW_HOPS;
    if (!name.startsWith('ip ') && !name.startsWith(`${packet.proto} `)) return false;
    const has = { src: packet.src, dst: packet.dst, sport: packet.sport, dport: packet.dport };
    const now = has[name.split(' ')[1] as keyof typeof has];
    return String(now ?? '') !== value;
  });
  if (harmful.length === 0) return undefined;
  const list = harmful.map(({ name, value }) => `${name} ${value}`).join(', ');
  return { how: 'changes', says: { en: `sets ${list}`, 'zh-CN': `把它们的字段设为 ${list}` } };
}

/** The actions as tc is told them: to be set anew; undefined where that is not known to the letter. */
export function actionWords(does: readonly TcAction[], actions: readonly string[]): string | undefined {
  const words = does.map((action, i): string | undefined => {
    const end = actions[i];
    if (action.kind === 'mirred') return `action mirred ${action.direction} ${action.how} dev ${action.to}`;
    if (action.kind === 'csum') return `action csum ${action.of.replaceAll(', ', ' and ')} ${end}`;
    if (action.kind === 'other' && action.name === 'gact') return `action ${end}`;
    if (action.kind !== 'pedit') return undefined;
    const fields = action.keys.map(fieldOf);
    if (fields.includes(undefined)) return undefined;
    return `action pedit ex ${fields.map((f) => `munge ${f?.name} set ${f?.value}`).join(' ')} ${end}`;
  });
  return words.includes(undefined) || words.length === 0 ? undefined : words.join(' ');
}
