import { chainOf, deathAt } from '../death.ts';
import { dockerChainsMissing, RESTART_DOCKER } from '../docker-rules.ts';
import { fromFact } from '../evidence.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_FIREWALLS, thread } from '../sources.ts';

/**
 * Docker's rules stand, but none lets these packets through, and the policy of FORWARD, which Docker sets to DROP when it
 * switches forwarding on, takes them: the rules of one bridge are gone, or the bridge is not Docker's.
 */
export const forwardPolicy = defineRule({
  id: 'forward-policy',
  needs: ['docker', 'ruleset', 'iptables'],
  causes: {
    'forward-policy-drop': {
      sources: [
        DOCKER_FIREWALLS,
        thread('moby/moby#30338', 'ip-forwarding broken in 1.13.0 due to #28257 fix'),
        thread('moby/moby#39439', 'Prevent docket from setting Forward policy to DROP'),
      ],
      holds: 'Docker 1.13.0 and later',
    },
  },
  judge: ({ docker, ruleset, iptables }, scene) => {
    if (!docker.running || dockerChainsMissing({ ruleset, iptables }).length > 0) return [];
    return deathsByPlace(scene.journeys)
      .filter(({ place }) => place.policy && place.table === 'filter' && place.chain === 'FORWARD')
      .map(({ place, journeys }): Finding => {
        const stop = journeys[0]?.stops.at(-1)?.packet;
        const way = `${stop?.iif ?? '?'} → ${stop?.oif ?? '?'}`;
        return {
          ...deathAt(place, journeys),
          id: 'forward-policy-drop',
          insteadOf: ['netfilter-drop'],
          title: {
            en: `No rule lets ${way} through, and the policy of FORWARD is DROP`,
            'zh-CN': `没有规则放行 ${way}，而 FORWARD 的默认策略为 DROP`,
          },
          says: {
            en: `Docker set the policy of ${chainOf(place)} to DROP, as it does since 1.13, and lets its own bridges through by rules. No rule accepts what goes ${way}: the ones for this bridge were deleted, or the bridge is not one of Docker's.`,
            'zh-CN': `自 1.13 起 Docker 会把 ${chainOf(place)} 的默认策略设为 DROP，并用规则放行自己的网桥。没有规则放行 ${way} 的流量：该网桥的规则被删除，或该网桥不属于 Docker。`,
          },
          evidence: [
            ...deathAt(place, journeys).evidence,
            fromFact('ruleset', { en: `no rule for ${way}`, 'zh-CN': `没有针对 ${way} 的规则` }),
          ],
          fixes: [RESTART_DOCKER],
        };
      });
  },
});
