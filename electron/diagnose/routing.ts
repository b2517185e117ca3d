import type { Range, Selectors } from '../probe/lib/rule-selectors.ts';
import { isBarring, type PolicyRule, type Route, type Routes } from '../probe/routes.ts';
import { covers } from './covers.ts';

const length = (route: Route) => Number(route.dst.split('/')[1] ?? 0);

/** The most special IPv4 route of a table for an address. */
function best(routes: readonly Route[], { table, suppress }: PolicyRule, address: string): Route | undefined {
  return routes
    .filter((r) => r.family === 4 && r.table === table && covers(r.dst, address))
    .filter((r) => suppress === null || suppress === undefined || length(r) > suppress)
    .sort((a, b) => length(b) - length(a) || a.metric - b.metric)[0];
}

/** A packet as the look-up of its route sees it. */
export interface Lookup {
  /** undefined where the kernel chooses it afterwards. */
  source: string | undefined;
  destination: string;
  /** The device that it came in by; `lo` for the machine's own. */
  iif: string;
  /** 0 unless given. */
  mark?: number;
  /** What of these is not known fits no rule that asks for it. */
  proto?: string;
  sport?: number | undefined;
  dport?: number | undefined;
}

/** What a rule that bars the way itself stands for, whatever the tables say: a route that is in none. */
function barring(action: string): Route {
  const nowhere = { gateway: null, dev: null, hops: [], source: null, protocol: '', scope: '' };
  return { ...nowhere, family: 4, type: action, dst: '0.0.0.0/0', table: '', metric: 0, flags: [] };
}

const within = (range: Range | null, value: number | undefined) =>
  range === null || (value !== undefined && range[0] <= value && value <= range[1]);

/** Root's, and so the tests'; the kernel looks up what it forwards as root's, too. */
const UID = 0;
const ORDINARY_TOS = 0;

function selected({ tos, uids, proto, sport, dport }: Selectors, packet: Lookup): boolean {
  return (
    (tos === null || Number(tos) === ORDINARY_TOS) &&
    within(uids, UID) &&
    (proto === null || proto === packet.proto) &&
    within(sport, packet.sport) &&
    within(dport, packet.dport)
  );
}

function fits(rule: PolicyRule, packet: Lookup): boolean {
  const { source, destination, iif, mark = 0 } = packet;
  const [value, mask = '0xffffffff'] = rule.fwmark?.split('/') ?? [];
  return (
    (value === undefined || (mark & Number(mask)) >>> 0 === Number(value)) &&
    (rule.from === 'all' || (source !== undefined && covers(rule.from, source))) &&
    (rule.to === 'all' || covers(rule.to, destination)) &&
    (rule.iif === null || rule.iif === iif) &&
    selected(rule.selects, packet)
  );
}

/** Which route the kernel takes for an IPv4 packet, and the rule that chose the table, or bars the way itself. */
export function lookUp(
  { routes, rules }: Pick<Routes, 'routes' | 'rules'>,
  packet: Lookup,
): { route: Route; rule: PolicyRule } | undefined {
  for (const rule of [...rules].sort((a, b) => a.priority - b.priority)) {
    // VPNs lead everything elsewhere that does not bear their own mark: `not from all fwmark 0xca6c`
    const applies = rule.family === 4 && !rule.oif && fits(rule, packet) !== rule.not;
    if (applies && isBarring(rule.action)) return { route: barring(rule.action), rule };
    const route = applies && rule.table ? best(routes, rule, packet.destination) : undefined;
    if (route && route.type !== 'throw') return { route, rule };
  }
  return undefined;
}

/** A route's destination, with the default one by its name. */
export function destinationOf({ dst }: Route): string {
  return dst === '0.0.0.0/0' ? 'default' : dst;
}

/** By whom and by which device a route leads. */
export function wayText({ gateway, dev }: Route): string {
  return `${gateway ? `via ${gateway} ` : ''}dev ${dev ?? '-'}`;
}

/** A route that leads somewhere, in the words with which `ip route` makes and deletes it. */
export function routeText(route: Route): string {
  return `${destinationOf(route)} ${wayText(route)}${isOrdinary(route.table) ? '' : ` table ${route.table}`}`;
}

/** Kinds of devices that a VPN or a tunnel brings. */
export const TUNNELS: ReadonlySet<string> = new Set([
  'tun',
  'wireguard',
  'ppp',
  'gre',
  'ipip',
  'sit',
  'xfrm',
  'vti',
  'gretap',
]);

/** A route that bars, in the words with which `ip route` makes and deletes it. */
export function barText(route: Route): string {
  return `${route.type} ${destinationOf(route)}${route.table === 'main' ? '' : ` table ${route.table}`}`;
}

/** Tables that are looked up on every machine. */
export function isOrdinary(table: string): boolean {
  return table === 'main' || table === 'local' || table === 'default';
}
