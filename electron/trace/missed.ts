import type { MissedRule, RulePlace, Stop } from '../../shared/trace.ts';
import { findChain, type Ruleset } from '../probe/lib/nft-model.ts';
import { partsOf } from './rule-parts.ts';
import { steadyText } from './steady-text.ts';

/** Rules nearest to the fatal one that are told: a chain may have thousands. */
const MOST = 40;

/**
 * The rules of the fatal chain that looked at the packet before it died and did not match, in order, each with the first
 * part that did not fit as far as that can be known: a part that can't be checked afterwards (what conntrack held of the
 * packet, say) is named when it is the only one that can have failed.
 */
export function missedBefore(stop: Stop, at: RulePlace, ruleset: Ruleset | undefined): MissedRule[] {
  if (ruleset === undefined || at.backend === 'legacy') return [];
  const rules = findChain(ruleset, at.family, at.table, at.chain)?.rules ?? [];
  const end = at.policy ? rules.length : (at.position ?? 1) - 1;
  const matched = new Set(stop.rules.filter(({ chain }) => chain === at.chain).map(({ handle }) => handle));
  return rules
    .slice(0, end)
    .filter(({ handle }) => !matched.has(handle))
    .slice(-MOST)
    .map(({ handle, position, expr, text }) => {
      const parts = partsOf(expr, stop.packet, ruleset, at);
      const failed = parts.find(({ holds }) => holds === false);
      const unknown = parts.filter(({ holds }) => holds === undefined);
      const differs = failed ?? (unknown.length === 1 ? unknown[0] : undefined);
      return {
        handle,
        position,
        rule: steadyText(text),
        ...(differs && { wanted: differs.wanted }),
        ...(failed?.has !== undefined && { has: failed.has }),
      };
    });
}
