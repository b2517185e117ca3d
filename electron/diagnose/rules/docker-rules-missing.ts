import { toldNotTo } from '../../probe/docker.ts';
import { dockerChainsMissing, RESTART_DOCKER } from '../docker-rules.ts';
import { fromFact, fromJourney, someFlows } from '../evidence.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule } from '../rule.ts';
import { DOCKER_FIREWALLS, DOCKER_IPTABLES, thread } from '../sources.ts';

/** Docker runs, and its iptables rules are gone: flushed by a script, `nft flush ruleset`, a restarted firewall. */
export const dockerRulesMissing = defineRule({
  id: 'docker-rules-missing',
  needs: ['docker', 'ruleset', 'iptables'],
  causes: {
    'docker-rules-missing': {
      sources: [
        DOCKER_IPTABLES,
        thread('moby/moby#12294', 'Docker networking fails after iptables service is restarted'),
        thread('moby/moby#48657', 'Reinitialize Firewall Configuration'),
      ],
      holds: 'Docker that sets its rules through iptables',
    },
    'docker-iptables-off': {
      sources: [DOCKER_FIREWALLS],
    },
  },
  judge: ({ docker, ruleset, iptables }, scene) => {
    const off = toldNotTo(docker, 'iptables');
    const missing = dockerChainsMissing({ ruleset, iptables });
    const backend = docker.info?.firewallBackend ?? 'iptables';
    if (!docker.running || missing.length === 0 || !backend.startsWith('iptables')) return [];
    const touched = scene.bad.filter((f) => f.from.where !== 'guest' || f.to.what === 'published-port');
    if (touched.length === 0) return [];
    const deaths = deathsByPlace(scene.journeys).filter(
      ({ place }) => place.policy && place.chain === 'FORWARD',
    );
    const dead = deaths.flatMap((d) => d.journeys);
    return [
      {
        id: off ? 'docker-iptables-off' : 'docker-rules-missing',
        layer: 'filter',
        insteadOf: ['netfilter-drop', 'masquerade-missing', 'docker-masquerade-off'],
        title: off
          ? { en: 'Docker was told not to set firewall rules', 'zh-CN': 'Docker 被配置为不设置防火墙规则' }
          : { en: "Docker's own firewall rules are missing", 'zh-CN': 'Docker 自身的防火墙规则缺失' },
        says: {
          en: `Missing: ${missing.join(', ')}. Without them containers are not let through${dead.length > 0 ? ' (the policy of FORWARD is DROP)' : ''} or not translated. ${off ? '"iptables": false in daemon.json is why.' : 'Something flushed the ruleset while Docker ran; Docker sets its rules only when it starts.'}`,
          'zh-CN': `缺失：${missing.join('、')}。没有这些规则，容器流量${dead.length > 0 ? '无法通过（FORWARD 默认策略为 DROP）' : '无法通过'}或不做地址转换。${off ? '原因是 daemon.json 中的 "iptables": false。' : '有程序在 Docker 运行期间清空了规则集；Docker 只在启动时设置规则。'}`,
        },
        grade: dead.length > 0 ? 'traced' : 'inferred',
        owner: off ? 'docker' : 'administrator',
        ...(deaths[0] ? { where: deaths[0].place } : {}),
        evidence: [
          ...dead.slice(0, 2).map((j) => fromJourney(j)),
          fromFact('ruleset', {
            en: `missing: ${missing.join(', ')}`,
            'zh-CN': `缺失：${missing.join('、')}`,
          }),
          ...someFlows(touched),
        ],
        fixes: off ? [] : [RESTART_DOCKER],
        explains: touched.map((f) => f.id),
      },
    ];
  },
});
