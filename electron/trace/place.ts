import type { RulePlace, Stop } from '../../shared/trace.ts';
import { iptablesChain } from '../probe/lib/iptables-save.ts';
import { findChain, type NftRule, type Ruleset } from '../probe/lib/nft-model.ts';
import type { Facts } from '../probe/registry.ts';
import type { PlaceOf } from './journeys.ts';
import { missedBefore } from './missed.ts';
import { steadyText } from './steady-text.ts';

/**
 * Where the rule that decided at a stop stands: position and text from the ruleset by handle, or by text where the
 * tracer gave no handle. `iptablesText` gives the same rule in iptables' words if it can.
 */
export function placeOf(
  stop: Stop,
  ruleset: Ruleset | undefined,
  iptablesText: (rule: NftRule) => string | undefined = () => undefined,
): RulePlace {
  if (stop.legacy) return legacyPlace(stop);
  const deciding = stop.policy ? undefined : stop.rules.at(-1);
  const chain = deciding?.chain ?? stop.baseChain;
  const rules = (ruleset && findChain(ruleset, stop.family, stop.table, chain)?.rules) ?? [];
  const seen = steadyText(deciding?.text ?? '');
  const rule =
    deciding &&
    (rules.find((r) => r.handle === deciding.handle) ??
      rules.find((r) => seen !== '' && steadyText(r.text) === seen));
  const handle = deciding?.handle ?? rule?.handle;
  const iptables = rule && iptablesText(rule);
  const { iif, oif } = stop.packet;
  const device = stop.family === 'netdev' ? (stop.hook === 'egress' ? oif : iif) : undefined;
  return {
    family: stop.family,
    table: stop.table,
    chain,
    hook: stop.hook,
    ...(device === undefined ? {} : { device }),
    ...(stop.priority === undefined ? {} : { priority: stop.priority }),
    baseChain: stop.baseChain,
    ...(handle === undefined ? {} : { handle }),
    ...(rule === undefined ? {} : { position: rule.position }),
    rule: stop.policy ? `policy ${stop.verdict}` : steadyText(rule?.text ?? '') || seen,
    ...(iptables ? { iptables } : {}),
    policy: stop.policy,
    backend: 'nft',
  };
}

/** The old iptables has no handles, and its rules are their own text. */
function legacyPlace(stop: Stop): RulePlace {
  const { family, table, hook, baseChain, policy } = stop;
  const deciding = policy ? undefined : stop.rules.at(-1);
  const text = deciding?.text ?? '';
  return {
    family,
    table,
    chain: deciding?.chain ?? baseChain,
    hook,
    ...(stop.priority === undefined ? {} : { priority: stop.priority }),
    baseChain,
    ...(deciding?.position === undefined ? {} : { position: deciding.position }),
    rule: policy ? `policy ${stop.verdict}` : text,
    ...(text ? { iptables: text } : {}),
    policy,
    backend: 'legacy',
  };
}

/**
 * A rule in iptables' words: the one at the same position of the same chain. Undefined where the two lists don't match,
 * as in chains that hold rules which iptables can't print.
 */
export function inIptables(facts: Facts, rule: NftRule): string | undefined {
  const family = rule.family === 'ip' ? 4 : rule.family === 'ip6' ? 6 : undefined;
  if (!facts.iptables.ok || !facts.ruleset.ok || !family) return undefined;
  const listed = iptablesChain(facts.iptables.value.tables, rule.table, rule.chain, 'nft', family)?.rules;
  const known = findChain(facts.ruleset.value, rule.family, rule.table, rule.chain)?.rules;
  return listed && known && listed.length === known.length ? listed[rule.position - 1]?.text : undefined;
}

/** Where the ruleset is not known: what the tracer said, and no more. */
export const placeUnread: PlaceOf = (stop) => ({ at: placeOf(stop, undefined), missed: [] });

/** `placeOf` with this guest's ruleset, and iptables' words for rules that iptables made. */
export function placeFinder(facts: Facts): PlaceOf {
  const ruleset = facts.ruleset.ok ? facts.ruleset.value : undefined;
  return (stop) => {
    const at = placeOf(stop, ruleset, (rule) => inIptables(facts, rule));
    return { at, missed: missedBefore(stop, at, facts) };
  };
}
