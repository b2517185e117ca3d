import { becameActiveAfter } from '../../probe/services.ts';
import { dockerChainsMissing, RESTART_DOCKER } from '../docker-rules.ts';
import { fromFact, fromJourney, someFlows } from '../evidence.ts';
import { ownerOf } from '../owner.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule } from '../rule.ts';
import { thread } from '../sources.ts';

/**
 * firewalld was started or restarted while Docker ran: it flushes iptables, and with it the rules of Docker, which does
 * not notice (moby/moby#53346, seen with Docker 20.10.24 and firewalld 1.3.3).
 */
export const firewalldAfterDocker = defineRule({
  id: 'firewalld-after-docker',
  needs: ['firewalld', 'docker', 'services', 'ruleset', 'iptables'],
  causes: {
    'firewalld-after-docker': {
      sources: [
        thread('moby/moby#25592', 'deal with firewalld/docker startup issues'),
        thread('moby/moby#9397', 'Firewalld support'),
        thread(
          'moby/moby#15254',
          '`firewall-cmd --reload` still wipes Docker 1.7.1’s iptables rules on CentOS 7',
        ),
      ],
      holds: 'Docker that was started without firewalld: one that saw it sets its rules again',
    },
  },
  judge: ({ firewalld, docker, services, ruleset, iptables }, scene) => {
    const after = becameActiveAfter(services, 'firewalld.service', 'docker.service');
    const missing = dockerChainsMissing({ ruleset, iptables });
    if (!firewalld.running || !docker.running || !after || missing.length === 0 || scene.bad.length === 0)
      return [];
    const deaths = deathsByPlace(scene.journeys).filter(
      ({ place }) => ownerOf(place) === 'firewalld' || (place.policy && place.chain === 'FORWARD'),
    );
    const dead = deaths.flatMap((d) => d.journeys);
    const touched = scene.bad.filter((f) => f.from.where !== 'guest' || f.to.what === 'published-port');
    return [
      {
        id: 'firewalld-after-docker',
        layer: 'daemon',
        insteadOf: [
          'netfilter-drop',
          'docker-rules-missing',
          'masquerade-missing',
          'firewalld-interface-not-in-zone',
          'firewalld-bridge-not-in-zone',
        ],
        title: {
          en: "Starting firewalld after Docker removed Docker's rules",
          'zh-CN': '在 Docker 之后启动 firewalld，清除了 Docker 的规则',
        },
        says: {
          en: `firewalld became active after Docker, and starting it flushes iptables: ${missing.join(', ')} are gone, so containers are neither let through (FORWARD) nor translated (MASQUERADE). Docker has not noticed; restart docker and it sets its rules and zones again.`,
          'zh-CN': `firewalld 在 Docker 之后才启动，而其启动会清空 iptables：${missing.join('、')} 已消失，容器流量既不被放行（FORWARD），也不做地址转换（MASQUERADE）。Docker 并不知情；重启 docker 后它会重新设置规则和区域。`,
        },
        grade: dead.length > 0 ? 'traced' : 'inferred',
        owner: 'firewalld',
        ...(deaths[0] ? { where: deaths[0].place } : {}),
        evidence: [
          ...dead.slice(0, 2).map((j) => fromJourney(j)),
          fromFact('services', {
            en: 'firewalld.service became active after docker.service',
            'zh-CN': 'firewalld.service 晚于 docker.service 启动',
          }),
          fromFact('ruleset', {
            en: `missing: ${missing.join(', ')}`,
            'zh-CN': `缺失：${missing.join('、')}`,
          }),
          ...someFlows(touched).slice(0, 2),
        ],
        fixes: [RESTART_DOCKER],
        explains: touched.map((f) => f.id),
      },
    ];
  },
});
