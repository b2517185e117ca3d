import { z } from 'zod';
import { ruleKey } from './nft-text.ts';
import { withPorts } from './nft-xt.ts';

/** Elements of a set that are kept; `elementCount` tells how many there were. */
const MAX_ELEMENTS = 1000;

/** nftables families; a table of `inet` sees IPv4 and IPv6. */
export type NftFamily = 'ip' | 'ip6' | 'inet' | 'arp' | 'bridge' | 'netdev';

export interface NftTable {
  family: NftFamily;
  name: string;
  handle: number;
  flags: string[];
}

/** What hangs a chain on a hook. */
export interface NftBase {
  /** filter, nat, route */
  type: string;
  /** prerouting, input, forward, output, postrouting, ingress, egress */
  hook: string;
  /** Lower runs first. */
  priority: number;
  policy: 'accept' | 'drop';
  /** ingress and egress chains only. */
  devices: string[];
}

export interface NftRule {
  family: NftFamily;
  table: string;
  chain: string;
  handle: number;
  /** 1 for the first rule of its chain. */
  position: number;
  /** nft's JSON statements; iptables matches that nft cannot say are `{xt: …}` or, with old nft, `{xt: null}`. */
  expr: Record<string, unknown>[];
  /** As `nft list ruleset` prints it, counters and all; '' when its text was not found. */
  text: string;
  comment: string | null;
}

export interface NftChain {
  family: NftFamily;
  table: string;
  name: string;
  handle: number;
  /** null for a chain that is only jumped to. */
  base: NftBase | null;
  /** In the order in which they are evaluated. */
  rules: NftRule[];
}

export interface NftSet {
  family: NftFamily;
  table: string;
  name: string;
  map: boolean;
  flags: string[];
  /** At most 1000 of `elementCount`, as nft's JSON: a string, or {prefix: {addr, len}}, {range: [a, b]}, {elem: …}. */
  elements: unknown[];
  elementCount: number;
}

export interface Ruleset {
  tables: NftTable[];
  chains: NftChain[];
  sets: NftSet[];
  ruleCount: number;
  /** Rules for which no text was found: the ruleset changed between the two listings, or a comment confused us. */
  withoutText: number;
}

const Family = z.enum(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);
/** nft prints one flag as a string and several as a list. */
const Words = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((w) => (w === undefined ? [] : typeof w === 'string' ? [w] : w));
const Table = z.object({ family: Family, name: z.string(), handle: z.number().default(0), flags: Words });
const Chain = z.object({
  family: Family,
  table: z.string(),
  name: z.string(),
  handle: z.number().default(0),
  type: z.string().optional(),
  hook: z.string().optional(),
  prio: z.number().default(0),
  policy: z.enum(['accept', 'drop']).default('accept'),
  dev: Words,
});
const Rule = z.object({
  family: Family,
  table: z.string(),
  chain: z.string(),
  handle: z.number(),
  comment: z.string().optional(),
  expr: z.array(z.record(z.string(), z.unknown())).default([]),
});
const NamedSet = z.object({
  family: Family,
  table: z.string(),
  name: z.string(),
  flags: Words,
  elem: z.array(z.unknown()).default([]),
});

/** What `nft -j list ruleset` prints. */
export const NftListing = z.object({ nftables: z.array(z.record(z.string(), z.unknown())) });

const chainKey = (c: { family: string; table: string; name: string }) => `${c.family}\n${c.table}\n${c.name}`;

/** Builds the model from nft's JSON objects and the rules' texts. Throws (zod) on an object that is not nft's. */
export function buildRuleset(objects: Record<string, unknown>[], texts: Map<string, string>): Ruleset {
  const model: Ruleset = { tables: [], chains: [], sets: [], ruleCount: 0, withoutText: 0 };
  const chains = new Map<string, NftChain>();
  const rules: z.infer<typeof Rule>[] = [];
  for (const object of objects) {
    if ('table' in object) model.tables.push(Table.parse(object.table));
    else if ('chain' in object) {
      const { type, hook, prio, policy, dev, ...rest } = Chain.parse(object.chain);
      const base =
        hook === undefined ? null : { type: type ?? 'filter', hook, priority: prio, policy, devices: dev };
      const chain = { ...rest, base, rules: [] };
      chains.set(chainKey(chain), chain);
      model.chains.push(chain);
    } else if ('rule' in object) rules.push(Rule.parse(object.rule));
    else if ('set' in object || 'map' in object) {
      const { elem, ...rest } = NamedSet.parse(object.set ?? object.map);
      model.sets.push({
        ...rest,
        map: 'map' in object,
        elements: elem.slice(0, MAX_ELEMENTS),
        elementCount: elem.length,
      });
    }
  }
  for (const { comment, ...rule } of rules) {
    const chain = chains.get(chainKey({ ...rule, name: rule.chain }));
    if (chain === undefined) continue;
    const text = texts.get(ruleKey(rule.family, rule.table, rule.chain, rule.handle)) ?? '';
    if (text === '') model.withoutText++;
    model.ruleCount++;
    const expr = withPorts(rule.expr, text);
    chain.rules.push({ ...rule, expr, comment: comment ?? null, text, position: chain.rules.length + 1 });
  }
  return model;
}

/** The chain of that name, or undefined. */
export function findChain(
  ruleset: Ruleset,
  family: string,
  table: string,
  name: string,
): NftChain | undefined {
  return ruleset.chains.find((c) => c.family === family && c.table === table && c.name === name);
}

/** The rule with that handle, or undefined; its place in the chain is `position`. */
export function findRule(
  ruleset: Ruleset,
  family: string,
  table: string,
  chain: string,
  handle: number,
): NftRule | undefined {
  return findChain(ruleset, family, table, chain)?.rules.find((r) => r.handle === handle);
}

/** The chains that packets of a family meet on a hook, in the order in which they run. */
export function baseChainsOf(
  ruleset: Ruleset,
  hook: string,
  family: 'ip' | 'ip6' | 'bridge' | 'arp' = 'ip',
): NftChain[] {
  const seen = family === 'ip' || family === 'ip6' ? [family, 'inet'] : [family];
  return ruleset.chains
    .filter((c) => c.base?.hook === hook && seen.includes(c.family))
    .sort((a, b) => (a.base?.priority ?? 0) - (b.base?.priority ?? 0));
}
