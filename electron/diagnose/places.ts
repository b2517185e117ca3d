import type { Journey, RulePlace } from '../../shared/trace.ts';

/** Journeys that died, grouped by the place where they did. */
export function deathsByPlace(journeys: readonly Journey[]): { place: RulePlace; journeys: Journey[] }[] {
  const groups = new Map<string, { place: RulePlace; journeys: Journey[] }>();
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
