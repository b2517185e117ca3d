import type { Journey, RulePlace } from '../../shared/trace.ts';

/** A place, and the journeys that died there. */
export interface DeathPlace {
  place: RulePlace;
  journeys: Journey[];
}

/** Journeys that died, grouped by the place where they did. */
export function deathsByPlace(journeys: readonly Journey[]): DeathPlace[] {
  const groups = new Map<string, DeathPlace>();
  for (const journey of journeys) {
    const place = journey.at;
    if (!place) continue;
    const key = JSON.stringify([
      place.backend,
      place.family,
      place.table,
      place.chain,
      place.handle,
      place.policy,
      place.rule,
    ]);
    const group = groups.get(key) ?? { place, journeys: [] };
    group.journeys.push(journey);
    groups.set(key, group);
  }
  return [...groups.values()];
}
