import { z } from 'zod';
import type { Text } from '../../shared/text.ts';
import type { Answer } from '../connect/guest.ts';
import { lines, readJson, sections } from './lib/answer.ts';
import { readIp } from './lib/ip-answer.ts';
import { IP_COMMAND } from './lib/ip-command.ts';
import { RawSelectors, type Selectors, selectorsOf, selectorsText } from './lib/rule-selectors.ts';
import { defineProbe } from './probe.ts';

const Hop = z.object({
  gateway: z.string().optional(),
  dev: z.string().optional(),
  via: z.object({ host: z.string() }).optional(),
});
const RawRoute = Hop.extend({
  type: z.string().default('unicast'),
  dst: z.string(),
  table: z.union([z.string(), z.number()]).optional(),
  protocol: z.string().optional(),
  scope: z.string().optional(),
  prefsrc: z.string().optional(),
  metric: z.number().optional(),
  flags: z.array(z.string()).default([]),
  nexthops: z.array(Hop).optional(),
  pref: z.string().optional(),
});
const RawRule = RawSelectors.extend({
  priority: z.number(),
  not: z.unknown().optional(),
  src: z.string().default('all'),
  srclen: z.number().optional(),
  dst: z.string().optional(),
  dstlen: z.number().optional(),
  iif: z.string().optional(),
  oif: z.string().optional(),
  fwmark: z.string().optional(),
  fwmask: z.string().optional(),
  suppress_prefixlen: z.number().optional(),
  table: z.union([z.string(), z.number()]).optional(),
  action: z.string().optional(),
});

export interface NextHop {
  gateway: string | null;
  dev: string | null;
}

/** A route of any table but `local`'s broadcast and multicast entries. */
export interface Route {
  family: 4 | 6;
  /** unicast, local, blackhole, unreachable, prohibit, throw, … */
  type: string;
  /** A prefix in CIDR form; a host as /32 or /128; `default` is 0.0.0.0/0 or ::/0. */
  dst: string;
  /** `main`, `local`, `default`, or a number as text. */
  table: string;
  gateway: string | null;
  dev: string | null;
  /** More than one: multipath. The first is also `gateway` and `dev`. */
  hops: NextHop[];
  /** Who made it: kernel, dhcp, static, boot, … */
  protocol: string;
  scope: string;
  source: string | null;
  metric: number;
  /** `linkdown`, `dead`, `onlink`, … */
  flags: string[];
}

/** A rule of `ip rule`. `text` is how a person would write it. */
export interface PolicyRule {
  family: 4 | 6;
  priority: number;
  not: boolean;
  /** CIDR or `all`. */
  from: string;
  to: string;
  iif: string | null;
  oif: string | null;
  /** Hexadecimal, `0x77` or `0x77/0xff`. */
  fwmark: string | null;
  selects: Selectors;
  /** Table it looks up; null for an action. */
  table: string | null;
  /** It passes over routes whose prefix is no longer than this: with 0, over default routes. */
  suppress: number | null;
  /** `lookup`, `blackhole`, `unreachable`, `prohibit`, `goto …`. */
  action: string;
  text: string;
}

export interface Routes {
  routes: Route[];
  rules: PolicyRule[];
}

const BARS = new Set(['blackhole', 'unreachable', 'prohibit']);

/** Does a route of this type, or a policy rule with this action, end the way? */
export function isBarring(word: string): boolean {
  return BARS.has(word);
}

/** The IPv4 default route that the guest uses: of the main table, the one with the lowest metric. */
export function defaultRoute({ routes }: Pick<Routes, 'routes'>): Route | undefined {
  return routes
    .filter((r) => r.family === 4 && r.table === 'main' && r.dst === '0.0.0.0/0' && r.type === 'unicast')
    .sort((a, b) => a.metric - b.metric)[0];
}

const familyOf = (text: string): 4 | 6 => (text.includes(':') ? 6 : 4);

function toRoute(raw: z.infer<typeof RawRoute>): Route {
  const hops = (raw.nexthops ?? [raw]).map((h) => ({
    gateway: h.gateway ?? h.via?.host ?? null,
    dev: h.dev ?? raw.dev ?? null,
  }));
  // `unreachable default` names no address; a preference is something only IPv6 routes have.
  const family = raw.pref !== undefined || familyOf(raw.dst + (raw.gateway ?? '')) === 6 ? 6 : 4;
  const width = family === 6 ? 128 : 32;
  const any = family === 6 ? '::/0' : '0.0.0.0/0';
  return {
    family,
    type: raw.type,
    dst: raw.dst === 'default' ? any : raw.dst.includes('/') ? raw.dst : `${raw.dst}/${width}`,
    table: String(raw.table ?? 'main'),
    gateway: hops[0]?.gateway ?? null,
    dev: hops[0]?.dev ?? null,
    hops,
    protocol: raw.protocol ?? '',
    scope: raw.scope ?? '',
    source: raw.prefsrc ?? null,
    metric: raw.metric ?? 0,
    flags: raw.flags,
  };
}

/** `ip rule` prints a bare host without its length. */
function prefix(address: string | undefined, length: number | undefined, family: 4 | 6): string {
  if (address === undefined || address === 'all') return 'all';
  return address.includes('/') ? address : `${address}/${length ?? (family === 6 ? 128 : 32)}`;
}

function toRule(raw: z.infer<typeof RawRule>, family: 4 | 6): PolicyRule {
  const not = raw.not !== undefined;
  const from = prefix(raw.src, raw.srclen, family);
  const to = prefix(raw.dst, raw.dstlen, family);
  const fwmark = raw.fwmark === undefined ? null : raw.fwmask ? `${raw.fwmark}/${raw.fwmask}` : raw.fwmark;
  const table = raw.table === undefined ? null : String(raw.table);
  const action = raw.action ?? (raw.goto === undefined ? 'lookup' : `goto ${String(raw.goto)}`);
  const selects = selectorsOf(raw);
  const text = [
    not ? 'not ' : '',
    `from ${from}`,
    to === 'all' ? '' : ` to ${to}`,
    selects.tos === null ? '' : ` tos ${selects.tos}`,
    fwmark === null ? '' : ` fwmark ${fwmark}`,
    raw.iif === undefined ? '' : ` iif ${raw.iif}`,
    raw.oif === undefined ? '' : ` oif ${raw.oif}`,
    selectorsText(selects),
    table === null ? ` ${action}` : ` lookup ${table}`,
    raw.suppress_prefixlen === undefined ? '' : ` suppress_prefixlength ${raw.suppress_prefixlen}`,
  ].join('');
  return {
    family,
    priority: raw.priority,
    not,
    from,
    to,
    iif: raw.iif ?? null,
    oif: raw.oif ?? null,
    fwmark,
    selects,
    table,
    suppress: raw.suppress_prefixlen ?? null,
    action,
    text,
  };
}

/** Reads `ip -j -d route show table all`; leaves out broadcast and multicast. Throws on anything else. */
export function parseRoutes(json: unknown): Route[] {
  return z
    .array(RawRoute)
    .parse(json)
    .filter((r) => r.type !== 'broadcast' && r.type !== 'multicast' && r.type !== 'anycast')
    .map(toRoute);
}

/** Reads `ip -j rule` or `ip -j -6 rule`. */
export function parseRules(json: unknown, family: 4 | 6): PolicyRule[] {
  return z
    .array(RawRule)
    .parse(json)
    .map((r) => toRule(r, family));
}

function parse(answer: Answer): Routes {
  const ip = readIp(answer);
  const [six] = lines(sections(answer.stdout).get('rule6'));
  return {
    routes: parseRoutes(ip.routes),
    rules: [
      ...parseRules(ip.rules, 4),
      ...(six === undefined ? [] : parseRules(readJson(six, z.unknown(), 'ip -6 rule'), 6)),
    ],
  };
}

/** Routes of all tables, and the rules that choose a table. */
export const routes = defineProbe({
  id: 'routes',
  command: IP_COMMAND,
  parse,
  summary: ({ routes: all, rules }) => {
    const way = defaultRoute({ routes: all });
    const barred = all.filter((r) => isBarring(r.type)).length;
    const gateway = way?.gateway ?? '-';
    const dev = way?.dev ?? '-';
    const out: Text =
      way === undefined
        ? { en: 'no IPv4 default route', 'zh-CN': '没有 IPv4 默认路由' }
        : { en: `default via ${gateway} on ${dev}`, 'zh-CN': `默认路由经 ${dev} 到 ${gateway}` };
    return {
      en: `${out.en}; ${barred} barred; ${rules.length} rules`,
      'zh-CN': `${out['zh-CN']}；${barred} 条阻断路由；${rules.length} 条策略路由规则`,
    };
  },
});
