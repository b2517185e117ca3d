import { isIP } from 'node:net';
import { z } from 'zod';
import type { Packet } from '../../shared/trace.ts';
import type { Ruleset } from '../probe/lib/nft-model.ts';
import { Among, areAmong, keysOf, textOf, type Value } from './asked-for.ts';

/** One condition of a rule, held against a packet. */
export interface Part {
  /** In nft's words: `iifname "eth0"`. */
  wanted: string;
  /** What the packet has there; absent where that is not known. */
  has?: string;
  /** undefined: what is asked for can't be known afterwards. */
  holds: boolean | undefined;
}

/** A packet as far as it is known. */
export type KnownPacket = { [Field in keyof Packet]?: Packet[Field] | undefined } & Pick<Packet, 'proto'>;

type Where = { family: string; table: string };

const Match = z.object({ op: z.string(), left: z.unknown(), right: z.unknown() });
const Meta = z.object({ meta: z.object({ key: z.string() }) });
const Payload = z.object({ payload: z.object({ protocol: z.string(), field: z.string() }) });
const Keyed = z.record(z.string(), z.object({ key: z.string() }));

/** Statements that end a rule when enough packets came before. */
const COUNTED = ['limit', 'quota', 'ct count'];

/**
 * The conditions of a rule in nft's JSON, in order, held against a packet as it came to the chain. Matches that only
 * iptables knows (`xt`) are conditions that can't be checked.
 */
export function partsOf(
  expr: readonly Record<string, unknown>[],
  packet: KnownPacket,
  ruleset: Ruleset,
  where: Where,
): Part[] {
  return expr.flatMap((statement): Part[] => {
    if ('xt' in statement)
      return isTarget(statement.xt) ? [] : [{ wanted: xtText(statement.xt), holds: undefined }];
    const counted = COUNTED.find((name) => name in statement);
    if (counted !== undefined) return [{ wanted: counted, holds: undefined }];
    const match = Match.safeParse(statement.match);
    return match.success ? [partOf(match.data, packet, ruleset, where)] : [];
  });
}

function partOf(
  { op, left, right }: z.infer<typeof Match>,
  packet: KnownPacket,
  ruleset: Ruleset,
  where: Where,
): Part {
  const keys = keysOf(left);
  const names = keys.map(nameOf);
  const sign = op === '==' || op === 'in' ? '' : `${op} `;
  const quoted = names.map((name) => name.endsWith('ifname'));
  const wanted = `${names.join(' . ')} ${sign}${textOf(right, quoted)}`;
  const values = keys.map((key) => actualOf(key, packet));
  if (values.includes('other')) return { wanted, has: packet.proto, holds: false };
  const fits = areAmong(values, right, (set) => elementsOf(set, ruleset, where));
  const holds =
    fits === undefined ? undefined : op === '!=' ? !fits : op === '==' || op === 'in' ? fits : undefined;
  return { wanted, ...(values.includes(undefined) ? {} : { has: values.join(' . ') }), holds };
}

const VerdictMap = z.object({ key: z.unknown(), data: z.union([z.string(), Among]) });
const Entry = z.tuple([z.unknown(), z.record(z.string(), z.unknown())]);

/**
 * A rule's statements as they are for a packet: in place of a verdict map (`tcp dport vmap { 80 : drop }`) what it gives the packet,
 * `{ drop: null }` or `{ jump: { target } }`. A map that has nothing for it, or of which that can't be known, stays.
 */
export function statementsFor(
  { expr, ...where }: Where & { expr: readonly Record<string, unknown>[] },
  packet: KnownPacket,
  ruleset: Ruleset,
): Record<string, unknown>[] {
  return expr.map((statement) => verdictFrom(statement.vmap, packet, ruleset, where) ?? statement);
}

function verdictFrom(
  vmap: unknown,
  packet: KnownPacket,
  ruleset: Ruleset,
  where: Where,
): Record<string, unknown> | undefined {
  const { success, data: map } = VerdictMap.safeParse(vmap);
  if (!success) return undefined;
  const setOf = (set: string) => elementsOf(set, ruleset, where);
  const entries = typeof map.data === 'string' ? setOf(map.data.slice(1)) : map.data.set;
  const values = keysOf(map.key).map((key) => actualOf(key, packet));
  if (values.includes('other')) return undefined;
  for (const entry of entries ?? []) {
    const [wanted, verdict] = Entry.safeParse(entry).data ?? [];
    if (areAmong(values, wanted, setOf) === true) return verdict;
  }
  return undefined;
}

/** The packet's value for what a match looks at; `other`: of another protocol. undefined where it is not known. */
function actualOf(left: unknown, packet: KnownPacket): Value | 'other' | undefined {
  const meta = Meta.safeParse(left);
  if (meta.success) {
    switch (meta.data.meta.key) {
      case 'iifname':
      case 'iif':
        return packet.iif;
      case 'oifname':
      case 'oif':
        return packet.oif;
      case 'l4proto':
        return packet.proto;
      case 'nfproto':
        return versionOf(packet) === 6 ? 'ipv6' : 'ipv4';
      default:
        return undefined;
    }
  }
  const payload = Payload.safeParse(left);
  return payload.success ? fieldOf(payload.data.payload, packet) : undefined;
}

const versionOf = ({ src, dst }: KnownPacket) => isIP(src ?? dst ?? '');

function fieldOf(
  { protocol, field }: z.infer<typeof Payload>['payload'],
  packet: KnownPacket,
): Value | 'other' | undefined {
  const isIp = protocol === 'ip' || protocol === 'ip6';
  if (isIp) {
    if (versionOf(packet) !== (protocol === 'ip' ? 4 : 6)) return undefined;
    if (field === 'saddr') return packet.src;
    if (field === 'daddr') return packet.dst;
    return field === 'protocol' || field === 'nexthdr' ? packet.proto : undefined;
  }
  if (protocol !== 'th' && protocol !== packet.proto)
    return ['tcp', 'udp', 'icmp', 'icmpv6', 'sctp'].includes(protocol) ? 'other' : undefined;
  if (field === 'sport') return packet.sport;
  if (field === 'dport') return packet.dport;
  return field === 'type' ? packet.icmpType : undefined;
}

/** All elements of a named set; undefined where only some are known. */
function elementsOf(name: string, ruleset: Ruleset, { family, table }: Where): unknown[] | undefined {
  const set = ruleset.sets.find((one) => one.name === name && one.family === family && one.table === table);
  return set !== undefined && set.elements.length === set.elementCount ? set.elements : undefined;
}

/** What a match looks at, in nft's words. */
function nameOf(left: unknown): string {
  const meta = Meta.safeParse(left);
  if (meta.success) {
    const { key } = meta.data.meta;
    return /^[io]if(name)?$/.test(key) ? key : `meta ${key}`;
  }
  const payload = Payload.safeParse(left);
  if (payload.success) return `${payload.data.payload.protocol} ${payload.data.payload.field}`;
  if (typeof left === 'object' && left !== null && 'fib' in left) return 'fib';
  const keyed = Keyed.safeParse(left);
  const [kind = '?', { key = '' } = {}] = keyed.success ? (Object.entries(keyed.data)[0] ?? []) : [];
  return keyed.success ? `${kind} ${key}` : JSON.stringify(left);
}

/** nft's JSON tells of an iptables extension its name, or nothing at all. */
const Xt = z.object({ type: z.string(), name: z.string() });

function isTarget(xt: unknown): boolean {
  return Xt.safeParse(xt).data?.type === 'target';
}

function xtText(xt: unknown): string {
  return `-m ${Xt.safeParse(xt).data?.name ?? '…'}`;
}
