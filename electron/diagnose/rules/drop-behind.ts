import { placeText } from '../../../shared/place-text.ts';
import { same } from '../../../shared/text.ts';
import type { Journey, RulePlace } from '../../../shared/trace.ts';
import { inIptables } from '../../trace/place.ts';
import { steadyText } from '../../trace/steady-text.ts';
import { chainOf, deletionOf, ruleText } from '../death.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { nextEnd, type RuleEnd } from '../next-end.ts';
import { ownerOf } from '../owner.ts';
import { deathsByPlace, placeKey } from '../places.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { man, NFT } from '../sources.ts';

/**
 * Two rules for the same packets: none comes to the second as long as the first ends them, so no trace shows it. Only of rules
 * that somebody wrote by hand: a firewall's come in sets, and what opens one opens all of them.
 */
export const dropBehind = defineRule({
  id: 'drop-behind',
  needs: ['ruleset'],
  causes: { 'netfilter-drop-behind': { sources: [NFT, man('iptables(8)')] } },
  judge: ({ ruleset }, scene) => {
    const behind = scene.journeys.flatMap((journey): Journey[] => {
      if (!journey.at || !byHand(journey.at) || !staysOnItsWay(journey, scene)) return [];
      const next = nextEnd(journey, ruleset, (rule) => inIptables(scene.facts, rule));
      return next ? [{ ...journey, at: placeOf(next, scene) }] : [];
    });
    const seen = new Set(deathsByPlace(scene.journeys).map(({ place }) => placeKey(place)));
    return deathsByPlace(behind)
      .filter(({ place }) => byHand(place) && !seen.has(placeKey(place)))
      .map(({ place, journeys }) => finding(place, journeys, scene));
  },
});

const byHand = (place: RulePlace) => ownerOf(place) === 'administrator';

/** A request that is not led elsewhere further on, as what is sent to one of the VM's own addresses may be. */
function staysOnItsWay({ direction, at, packet }: Journey, { world }: Scene): boolean {
  return direction === 'request' && (at?.hook !== 'prerouting' || !world.guestAddresses.includes(packet.dst));
}

function placeOf({ rule, base }: RuleEnd, { facts }: Scene): RulePlace {
  const iptables = inIptables(facts, rule);
  return {
    family: rule.family,
    table: rule.table,
    chain: rule.chain,
    hook: base.base?.hook ?? '',
    ...(base.base ? { priority: base.base.priority } : {}),
    baseChain: base.name,
    handle: rule.handle,
    position: rule.position,
    rule: steadyText(rule.text),
    ...(iptables ? { iptables } : {}),
    policy: false,
    backend: 'nft',
  };
}

function finding(place: RulePlace, journeys: readonly Journey[], scene: Scene): Finding {
  const [at, rule] = [chainOf(place), ruleText(place)];
  const flows = scene.flows.filter(({ id }) => journeys.some(({ flowId }) => flowId === id));
  return {
    id: 'netfilter-drop-behind',
    layer: 'filter',
    title: {
      en: `Behind it, a rule in ${at} would end the same packets`,
      'zh-CN': `在其之后，${at} 中的一条规则还会终止同样的数据包`,
    },
    says: {
      en: `No packet comes to ${at} as long as another rule ends it before. Once that one is gone, this one ends the same packets: ${rule} (${placeText(place, 'en')}). So both have to go, or to except them.`,
      'zh-CN': `只要前面的规则终止了数据包，它们就到不了 ${at}。前一条规则去掉之后，这条规则会终止同样的数据包：${rule}（${placeText(place, 'zh-CN')}）。因此两条规则都需要删除，或者都为这些数据包设置例外。`,
    },
    grade: 'inferred',
    owner: ownerOf(place),
    evidence: [fromFact('ruleset', same(`${at}: ${rule}`)), ...someFlows(flows).slice(0, 2)],
    fixes: deletionOf(place),
    explains: flows.map(({ id }) => id),
  };
}
