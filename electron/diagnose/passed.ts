import { packetEnds } from '../../shared/journey-text.ts';
import { same } from '../../shared/text.ts';
import type { Journey, RulePlace, Stop } from '../../shared/trace.ts';
import type { Facts } from '../probe/registry.ts';
import { inIptables, placeOf } from '../trace/place.ts';
import { deletionOf, ruleText } from './death.ts';
import { fromFact, fromJourney, someFlows } from './evidence.ts';
import { ownerOf } from './owner.ts';
import type { Scene } from './rule.ts';

/** A rule that a packet met on its way, and that did something to it without ending it. */
export interface Passed {
  stop: Stop;
  verdict: string;
  place: RulePlace;
  /** In the words of iptables where it knows the rule, in nft's otherwise. */
  text: string;
}

/** The rules that matched a packet, in order, as the ruleset has them. */
export function passedBy({ stops }: Journey, facts: Facts): Passed[] {
  const ruleset = facts.ruleset.ok ? facts.ruleset.value : undefined;
  return stops.flatMap((stop) =>
    stop.rules.map(({ verdict }, i): Passed => {
      const upTo = { ...stop, policy: false, rules: stop.rules.slice(0, i + 1) };
      const place = placeOf(upTo, ruleset, (rule) => inIptables(facts, rule));
      return { stop, verdict, place, text: ruleText(place) };
    }),
  );
}

/** Rules that failing flows' packets met and that `is` true of, each with the journeys that met it. */
export function metBy(
  journeys: readonly Journey[],
  facts: Facts,
  is: (passed: Passed, journey: Journey) => boolean,
): { passed: Passed; journeys: Journey[] }[] {
  const groups = new Map<string, { passed: Passed; journeys: Journey[] }>();
  for (const journey of journeys) {
    const passed = passedBy(journey, facts).find((p) => is(p, journey));
    if (!passed) continue;
    const { family, table, chain, handle, rule } = passed.place;
    const key = JSON.stringify([family, table, chain, handle ?? rule]);
    const group = groups.get(key) ?? { passed, journeys: [] };
    group.journeys.push(journey);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What a finding has from the rule that packets met before they got lost: whose it is and where, the proof, and its deletion. */
export function blamed({ place, text }: Passed, journeys: readonly Journey[], { bad }: Scene) {
  const flows = bad.filter(({ id }) => journeys.some((j) => j.flowId === id));
  return {
    grade: 'traced' as const,
    owner: ownerOf(place),
    where: place,
    evidence: [
      ...journeys.slice(0, 2).map((j) => fromJourney(j, same(`${packetEnds(j.packet)}: ${text}`))),
      fromFact('ruleset', same(text)),
      ...someFlows(flows).slice(0, 2),
    ],
    fixes: deletionOf(place),
    explains: flows.map((f) => f.id),
  };
}
