import type { Journey } from '../../../shared/trace.ts';
import { deathAt } from '../death.ts';
import { isStray } from '../detour.ts';
import { endedByEbtables } from '../old-ebtables.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { man, NFT } from '../sources.ts';

/**
 * The general rule: a traced packet died at this very rule, whoever made it and whether or not we know it. Other rules
 * say it better where they know more.
 */
export const netfilterDrop = defineRule({
  id: 'netfilter-drop',
  needs: [],
  causes: {
    'netfilter-drop': { sources: [NFT, man('iptables(8)'), man('ebtables-legacy(8)')] },
  },
  judge: (_, scene: Scene) =>
    deathsOf([...scene.journeys.filter((j) => !isStray(j, scene)), ...endedByEbtables(scene)]),
});

/** The rules at which packets died; all that is needed to know is their journeys. */
export function deathsOf(journeys: readonly Journey[]): Finding[] {
  return deathsByPlace(journeys).map(({ place, journeys }) => deathAt(place, journeys));
}
