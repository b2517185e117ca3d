import type { Journey, Suspect } from '../../shared/trace.ts';
import type { IptablesTable } from '../probe/lib/iptables-save.ts';
import type { Facts } from '../probe/registry.ts';
import { conventionalBase } from './conventional.ts';

/** A chain of either world, with what its rules say. */
interface Chain extends Pick<Suspect, 'family' | 'table' | 'chain' | 'legacy'> {
  base?: Pick<Suspect, 'hook' | 'priority'> | undefined;
  policy?: string | null | undefined;
  texts: string[];
}

/** The hooks that come next, each with the priority of iptables' mangle table: there LOG sees a packet again. */
const NEXT: Record<string, Record<string, number>> = {
  prerouting: { input: -150, forward: -150 },
  forward: { postrouting: -150 },
  output: { postrouting: -150 },
  postrouting: { egress: Number.POSITIVE_INFINITY },
};

/** What ends packets, in nft's words and in iptables'; a map may hold such a verdict. */
const ENDS = /\b(?:drop|reject|queue|nfqueue|tarpit)\b|vmap @/i;
const JUMPS = /(?:\bjump|\bgoto|\s-[jg]) ([^\s,}]+)/g;
/** Comments and prefixes may say anything. */
const FREE_TEXT = /\b(?:comment|prefix) "(?:\\.|[^"\\])*"/g;

/**
 * A lost packet that only LOG rules saw, with the chains that may have ended it: those behind the last place where it was
 * seen that can end a packet at all. What the kernel itself dropped, and journeys of other tracers, come back as the same
 * object: these tracers would have told of every chain.
 */
export function withSuspects(journey: Journey, facts: Pick<Facts, 'ruleset' | 'iptables'>): Journey {
  const last = journey.stops.at(-1);
  const { hook, priority, seenAt } = last ?? {};
  if (journey.end !== 'lost' || journey.drop || !hook || priority === undefined || !seenAt) return journey;
  const chains = chainsOf(facts);
  if (!chains) return journey;
  const suspects = chains.flatMap(({ base, ...chain }): Suspect[] => {
    if (!base) return [];
    const bound = NEXT[hook]?.[base.hook];
    const ours = chain.family === 'ip' && chain.legacy === last?.legacy;
    const own = ours && chain.table === last?.table && chain.chain === last.baseChain;
    const behind =
      base.hook === hook
        ? base.priority > priority || (base.priority === priority && !(own && seenAt === 'end'))
        : bound !== undefined && base.priority <= bound && !(ours && chain.table === 'mangle');
    if (!behind || !canEnd(chain, chains)) return [];
    const { family, table, chain: name, legacy } = chain;
    return [{ family, table, chain: name, ...base, ...(legacy ? { legacy } : {}) }];
  });
  // a next hook comes behind this one
  const order = (s: Suspect) => (s.hook === hook ? 0 : 1);
  suspects.sort((a, b) => order(a) - order(b) || a.priority - b.priority);
  return { ...journey, suspects };
}

/** Can a packet end in this chain, or in one that it leads to? */
function canEnd(chain: Chain, all: readonly Chain[], seen = new Set<string>()): boolean {
  if (chain.policy?.toLowerCase() === 'drop') return true;
  seen.add(chain.chain);
  return chain.texts.some((text) => {
    const told = text.replace(FREE_TEXT, '');
    // a rule whose text is not known may do anything
    if (told === '' || ENDS.test(told)) return true;
    return [...told.matchAll(JUMPS)].some(([, name = '']) => {
      const target = all.find(
        (c) =>
          c.chain === name &&
          c.table === chain.table &&
          c.family === chain.family &&
          c.legacy === chain.legacy,
      );
      return target !== undefined && !seen.has(name) && canEnd(target, all, seen);
    });
  });
}

/** The chains that IPv4 packets meet, of both worlds; undefined where neither is known. */
function chainsOf({ ruleset, iptables }: Pick<Facts, 'ruleset' | 'iptables'>): Chain[] | undefined {
  if (!ruleset.ok && !iptables.ok) return undefined;
  const tables = iptables.ok ? iptables.value.tables.filter(({ family }) => family === 4) : [];
  // What iptables-nft made is in nft's own list, too
  const ofIptables = ruleset.ok ? tables.filter(({ backend }) => backend === 'legacy') : tables;
  const ofNft = ruleset.ok
    ? ruleset.value.chains.filter(({ family }) => ['ip', 'inet', 'netdev'].includes(family))
    : [];
  return [
    ...ofNft.map(({ family, table, name, base, rules }) => ({
      family,
      table,
      chain: name,
      ...(base ? { base: { hook: base.hook, priority: base.priority }, policy: base.policy } : {}),
      texts: rules.map(({ text }) => text),
    })),
    ...ofIptables.flatMap(chainsOfTable),
  ];
}

function chainsOfTable({ backend, table, chains }: IptablesTable): Chain[] {
  return chains.map(({ name, policy, rules }) => {
    const base = policy === null ? undefined : conventionalBase('ip', table, name);
    return {
      family: 'ip',
      table,
      chain: name,
      ...(backend === 'legacy' ? { legacy: true } : {}),
      ...(base ? { base: { hook: base.hook, priority: base.priority ?? 0 } } : {}),
      policy,
      texts: rules.map(({ text }) => text),
    };
  });
}
