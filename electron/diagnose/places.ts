import type { Journey, RulePlace } from '../../shared/trace.ts';

/** A place, and the journeys that died there. */
export interface DeathPlace {
  place: RulePlace;
  journeys: Journey[];
}

/** The same for the same rule, or policy. */
export function placeKey({ backend, family, table, chain, handle, policy, rule }: RulePlace): string {
  return JSON.stringify([backend, family, table, chain, handle, policy, rule]);
}

/** Journeys that died, grouped by the place where they did. */
export function deathsByPlace(journeys: readonly Journey[]): DeathPlace[] {
  const groups = new Map<string, DeathPlace>();
  for (const journey of journeys) {
    const place = journey.at;
    if (!place) continue;
    const key = placeKey(place);
    const group = groups.get(key) ?? { place, journeys: [] };
    group.journeys.push(journey);
    groups.set(key, group);
  }
  return [...groups.values()];
}
