import type { TraceEvent } from '../../shared/trace.ts';
import { findRule } from '../probe/lib/nft-model.ts';
import type { Facts } from '../probe/registry.ts';
import { steadyText } from './steady-text.ts';

/** Verdicts of iptables' targets; other targets (LOG, MARK …) let the packet go on, or are chains. */
const VERDICTS: Record<string, string> = {
  ACCEPT: 'accept',
  DROP: 'drop',
  REJECT: 'reject',
  QUEUE: 'queue',
  NFQUEUE: 'queue',
  RETURN: 'return',
  MASQUERADE: 'accept',
  SNAT: 'accept',
  DNAT: 'accept',
  REDIRECT: 'accept',
  NETMAP: 'accept',
};

/**
 * Says what a tracer left out, from the rules as they were read before: text and verdict of the old iptables' rules, of
 * which it tells the number, and the text of nft's own rules, of which xtables-monitor tells the handle. What is not
 * found stays as it is.
 */
export function withRules(events: readonly TraceEvent[], facts: Facts): TraceEvent[] {
  return events.map((event) => {
    if (event.legacy) return withLegacyRule(event, facts);
    const { rule, family, table, chain } = event;
    if (!facts.ruleset.ok || rule?.handle === undefined || rule.text !== '') return event;
    const known = findRule(facts.ruleset.value, family, table, chain, rule.handle);
    return known ? { ...event, rule: { ...rule, text: steadyText(known.text) } } : event;
  });
}

function withLegacyRule(event: TraceEvent, facts: Facts): TraceEvent {
  if (!facts.iptables.ok) return event;
  const family = event.family === 'ip6' ? 6 : 4;
  const table = facts.iptables.value.tables.find(
    (t) => t.backend === 'legacy' && t.family === family && t.table === event.table,
  );
  // A table that came with us has no rules but ours, and lets everything pass
  if (!table) return event.what === 'policy' ? { ...event, verdict: 'accept' } : event;
  const { chains } = table;
  const chain = chains.find(({ name }) => name === event.chain);
  const { rule } = event;
  if (!chain || !rule) return event;
  const text = chain.rules.find(({ position }) => position === rule.position)?.text;
  if (text === undefined) {
    // Behind the last rule: what follows from the chain itself
    if (rule.position !== chain.rules.length + 1) return event;
    const { rule: _, ...end } = event;
    return chain.policy
      ? { ...end, what: 'policy', verdict: chain.policy.toLowerCase() }
      : { ...end, what: 'return', verdict: 'continue' };
  }
  const known: TraceEvent = { ...event, what: 'rule', rule: { ...rule, text } };
  // A comment may hold anything
  const [, how, target = ''] = / -(j|g) (\S+)/.exec(text.replace(/"(?:\\.|[^"\\])*"/g, '""')) ?? [];
  if (chains.some(({ name, policy }) => name === target && policy === null))
    return { ...known, verdict: how === 'g' ? 'goto' : 'jump', target };
  return { ...known, verdict: VERDICTS[target] ?? 'continue' };
}
