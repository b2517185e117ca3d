import type { Packet } from '../../shared/trace.ts';
import { baseChainsOf, type NftChain, type NftRule, type Ruleset } from '../probe/lib/nft-model.ts';
import { partsOf, statementsFor } from '../trace/rule-parts.ts';
import { chainCalled } from './nft-rule.ts';

/** Where a packet would end; `rule` is undefined for a chain's policy. */
export interface DeadEnd {
  chain: NftChain;
  rule: NftRule | undefined;
}

type Way = 'accept' | 'go on' | DeadEnd;

/** Does a rule surely look at this packet's like? A condition that can't be checked afterwards counts as not met. */
function matches(rule: NftRule, packet: Packet, ruleset: Ruleset): boolean {
  return partsOf(rule.expr, packet, ruleset, rule).every(({ holds }) => holds === true);
}

function through(chain: NftChain, packet: Packet, ruleset: Ruleset, depth: number): Way {
  for (const rule of chain.rules) {
    if (!matches(rule, packet, ruleset)) continue;
    const statements = statementsFor(rule, packet, ruleset);
    const has = (verb: string) => statements.some((e) => verb in e);
    if (has('drop') || has('reject')) return { chain, rule };
    if (has('accept')) return 'accept';
    if (has('return')) return 'go on';
    const called = chainCalled(statements, chain, ruleset);
    if (!called || depth > 8) continue;
    const way = through(called, packet, ruleset, depth + 1);
    if (way !== 'go on') return way;
    if (has('goto')) return 'go on';
  }
  return 'go on';
}

/**
 * The rule, or the policy, at which a packet ends on a hook by what the rules say; undefined where none does for certain.
 * Nobody saw it: what runs in another network namespace than the VM's own is out of the tracers' sight.
 */
export function deadEnd(ruleset: Ruleset, hook: string, packet: Packet): DeadEnd | undefined {
  for (const chain of baseChainsOf(ruleset, hook)) {
    if (chain.base?.type !== 'filter') continue;
    const way = through(chain, packet, ruleset, 0);
    if (typeof way === 'object') return way;
    if (way === 'go on' && chain.base.policy === 'drop') return { chain, rule: undefined };
  }
  return undefined;
}
