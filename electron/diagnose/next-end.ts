import type { Journey, Packet, RulePlace } from '../../shared/trace.ts';
import { baseChainsOf, type NftChain, type NftRule, type Ruleset } from '../probe/lib/nft-model.ts';
import { partsOf, statementsFor } from '../trace/rule-parts.ts';
import { chainCalled, DEEPEST } from './nft-rule.ts';

/** Hooks that a packet comes to, from each on, as long as nothing leads it elsewhere. */
const WAYS: Record<string, readonly string[]> = {
  prerouting: ['prerouting', 'forward'],
  forward: ['forward', 'postrouting'],
  input: ['input'],
  output: ['output', 'postrouting'],
};
/** From this priority on (NF_IP_PRI_NAT_SRC) packets may have another sender than they came with. */
const SOURCE_TRANSLATED = 100;

/** A packet that was ended belongs to no known connection: such rules let it pass by. */
const OF_KNOWN_CONNECTIONS =
  /\bct state (?:established|related|,)+(?= )|-m (?:conntrack --ct|state --)state (?:ESTABLISHED|RELATED|,)+(?= )/;

/** A rule of nft, and the base chain through which a packet came to it. */
export interface RuleEnd {
  rule: NftRule;
  base: NftChain;
}

/**
 * The rule that would end a journey's packet next, if the one that did were not there; undefined where there is none, or where
 * that can't be told for sure. `textOf` gives a rule in the words of iptables, where it knows it.
 */
export function nextEnd(
  { at, stops, packet: sent }: Journey,
  ruleset: Ruleset,
  textOf: (rule: NftRule) => string | undefined,
): RuleEnd | undefined {
  if (!at || at.policy || at.backend !== 'nft' || !['ip', 'inet'].includes(at.family)) return undefined;
  const packet = stops.at(-1)?.packet ?? sent;
  const walk: Walk = { at, packet, ruleset, textOf, past: false };
  for (const hook of WAYS[at.hook] ?? []) {
    for (const base of baseChainsOf(ruleset, hook)) {
      const { type, priority = 0, policy } = base.base ?? {};
      if (type !== 'filter' || (hook === 'postrouting' && priority >= SOURCE_TRANSLATED)) continue;
      const way = through(base, walk, 0);
      if (typeof way === 'object') return { rule: way, base };
      if (way === 'unsure' || (walk.past && way === 'on' && policy === 'drop')) return undefined;
    }
    if (!walk.past) return undefined;
  }
  return undefined;
}

interface Walk {
  at: RulePlace;
  packet: Packet;
  ruleset: Ruleset;
  textOf: (rule: NftRule) => string | undefined;
  /** The rule that ended it was passed: what is before it let the packet go on, whatever can be told of it. */
  past: boolean;
}

type Way = 'accept' | 'on' | 'unsure' | NftRule;

function through(chain: NftChain, walk: Walk, deep: number): Way {
  const { at, packet, ruleset } = walk;
  for (const rule of chain.rules) {
    if (isAt(rule, at)) {
      walk.past = true;
      continue;
    }
    const parts = partsOf(rule.expr, packet, ruleset, rule);
    if (parts.some(({ holds }) => holds === false) || isOfKnown(rule, walk)) continue;
    const sure = parts.every(({ holds }) => holds === true);
    const statements = statementsFor(rule, packet, ruleset);
    const has = (...verbs: string[]) => statements.some((one) => verbs.some((verb) => verb in one));
    const called = chainCalled(statements, chain, ruleset);
    if (!walk.past) {
      const way = called && deep < DEEPEST ? through(called, walk, deep + 1) : 'on';
      if (walk.past && way !== 'on') return way;
    } else if (!sure) {
      if (has('accept', 'return', 'jump', 'goto', 'vmap', 'queue')) return 'unsure';
    } else if (has('drop', 'reject')) return rule;
    else if (has('accept')) return 'accept';
    else if (has('return')) return 'on';
    else if (called) {
      const way = deep < DEEPEST ? through(called, walk, deep + 1) : 'unsure';
      if (way !== 'on' || has('goto')) return way;
    } else if (has('queue', 'vmap', 'tproxy', 'xt')) return 'unsure';
  }
  return 'on';
}

const isAt = ({ family, table, chain, handle }: NftRule, at: RulePlace) =>
  family === at.family && table === at.table && chain === at.chain && handle === at.handle;

const isOfKnown = (rule: NftRule, { textOf }: Walk) =>
  OF_KNOWN_CONNECTIONS.test(`${rule.text} `) || OF_KNOWN_CONNECTIONS.test(`${textOf(rule) ?? ''} `);
