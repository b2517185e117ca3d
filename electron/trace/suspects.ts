import type { Journey, Suspect } from '../../shared/trace.ts';
import type { Facts } from '../probe/registry.ts';
import { canEnd, chainsOf } from './ending-chains.ts';

/** The hooks that come next, each with the priority of iptables' mangle table: there LOG sees a packet again. */
const NEXT: Record<string, Record<string, number>> = {
  prerouting: { input: -150, forward: -150 },
  forward: { postrouting: -150 },
  output: { postrouting: -150 },
  postrouting: { egress: Number.POSITIVE_INFINITY },
};

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
  const suspects = chains.flatMap(({ base, devices: _, ...chain }): Suspect[] => {
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
