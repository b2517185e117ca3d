import type { MissedRule, RulePlace, Stop } from '../../shared/trace.ts';
import { iptablesChain } from '../probe/lib/iptables-save.ts';
import { findChain } from '../probe/lib/nft-model.ts';
import type { Facts } from '../probe/registry.ts';
import { iptablesPartsOf } from './iptables-parts.ts';
import { type Part, partsOf } from './rule-parts.ts';
import { steadyText } from './steady-text.ts';

/** Rules nearest to the fatal one that are told: a chain may have thousands. */
const MOST = 40;

/** A rule of the fatal chain, with its conditions held against the packet. */
interface Candidate extends Pick<MissedRule, 'handle' | 'position' | 'rule'> {
  parts(): Part[];
}

/**
 * The rules of the fatal chain that looked at the packet before it died and did not match, in order, each with the first
 * part that did not fit as far as that can be known: a part that can't be checked afterwards (what conntrack held of the
 * packet, say) is named when it is the only one that can have failed.
 */
export function missedBefore(
  stop: Stop,
  at: RulePlace,
  facts: Pick<Facts, 'ruleset' | 'iptables'>,
): MissedRule[] {
  const rules = at.backend === 'legacy' ? legacyRules(stop, at, facts) : nftRules(stop, at, facts);
  const end = at.policy ? rules.length : (at.position ?? 1) - 1;
  const own = stop.rules.filter(({ chain }) => chain === at.chain);
  const isMatched = (rule: Candidate) =>
    own.some((one) =>
      rule.handle === undefined ? one.position === rule.position : one.handle === rule.handle,
    );
  return rules
    .slice(0, end)
    .filter((rule) => !isMatched(rule))
    .slice(-MOST)
    .map(({ parts, ...rule }) => ({ ...rule, ...whyNot(parts()) }));
}

function whyNot(parts: readonly Part[]): Pick<MissedRule, 'wanted' | 'has'> {
  const failed = parts.find(({ holds }) => holds === false);
  const unknown = parts.filter(({ holds }) => holds === undefined);
  const differs = failed ?? (unknown.length === 1 ? unknown[0] : undefined);
  if (differs === undefined) return {};
  return { wanted: differs.wanted, ...(failed?.has === undefined ? {} : { has: failed.has }) };
}

function nftRules({ packet }: Stop, at: RulePlace, { ruleset }: Pick<Facts, 'ruleset'>): Candidate[] {
  if (!ruleset.ok) return [];
  const rules = findChain(ruleset.value, at.family, at.table, at.chain)?.rules ?? [];
  return rules.map(({ handle, position, text, expr }) => ({
    handle,
    position,
    rule: steadyText(text),
    parts: () => partsOf(expr, packet, ruleset.value, at),
  }));
}

function legacyRules({ packet }: Stop, at: RulePlace, { iptables }: Pick<Facts, 'iptables'>): Candidate[] {
  if (!iptables.ok) return [];
  const family = at.family === 'ip6' ? 6 : 4;
  const rules = iptablesChain(iptables.value.tables, at.table, at.chain, 'legacy', family)?.rules ?? [];
  return rules.map(({ position, text }) => ({
    position,
    rule: text,
    parts: () => iptablesPartsOf(text, packet),
  }));
}
