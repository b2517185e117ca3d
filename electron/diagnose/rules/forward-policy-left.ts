import { chainOf, deathAt, toolOf } from '../death.ts';
import { fromFact } from '../evidence.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding } from '../rule.ts';
import { type Source, thread } from '../sources.ts';

const DOCKER_NFTABLES: Source = {
  title: 'Docker: Docker with nftables',
  url: 'https://docs.docker.com/engine/network/firewall-nftables/',
};

/** Docker makes its rules with nftables now, and what it once set with iptables, the policy DROP of FORWARD, has stayed. */
export const forwardPolicyLeft = defineRule({
  id: 'forward-policy-left',
  needs: ['docker'],
  causes: {
    'iptables-policy-left': {
      sources: [
        DOCKER_NFTABLES,
        thread('moby/moby#50566', 'nftables: IP forwarding, and filter-FORWARD policy'),
        thread('moby/moby#50646', 'nftables: never enable IP forwarding on the host'),
      ],
      holds: 'Docker 29.0.0 and later with "firewall-backend": "nftables"',
    },
  },
  judge: ({ docker }, scene) => {
    const backend = docker.info?.firewallBackend ?? '';
    if (!docker.running || !backend.startsWith('nftables')) return [];
    return deathsByPlace(scene.journeys)
      .filter(
        ({ place }) =>
          place.policy && place.family === 'ip' && place.table === 'filter' && place.chain === 'FORWARD',
      )
      .map(({ place, journeys }): Finding => {
        const set = (policy: string) => [`${toolOf(place)} -P FORWARD ${policy}`];
        const death = deathAt(place, journeys);
        return {
          ...death,
          id: 'iptables-policy-left',
          insteadOf: ['netfilter-drop'],
          owner: 'docker',
          title: {
            en: 'Docker uses nftables, and the policy DROP that iptables had is still there',
            'zh-CN': 'Docker 已改用 nftables，但 iptables 原有的默认策略 DROP 仍在',
          },
          says: {
            en: `Docker's rules are in nftables tables of its own and accept this traffic, but the kernel asks ${chainOf(place)} as well, whose policy is DROP. An iptables chain accepts nothing for Docker any more: the policy is left from when it used iptables, or somebody set it.`,
            'zh-CN': `Docker 的规则位于它自己的 nftables 表中并放行该流量，但内核也会询问 ${chainOf(place)}，其默认策略为 DROP。iptables 中已没有为 Docker 放行的规则：该策略是使用 iptables 时遗留的，或由他人设置。`,
          },
          evidence: [
            ...death.evidence,
            fromFact('docker', {
              en: `Docker ${docker.info?.version ?? '?'}, firewall backend ${backend}`,
              'zh-CN': `Docker ${docker.info?.version ?? '?'}，防火墙后端 ${backend}`,
            }),
          ],
          fixes: [
            {
              title: { en: 'Let iptables forward', 'zh-CN': '让 iptables 放行转发' },
              commands: set('ACCEPT'),
              undo: set('DROP'),
              applies: 'at-once',
              trial: 'itself',
              warning: {
                en: 'The VM then forwards between its other interfaces as well; the next start of the VM has this policy by itself.',
                'zh-CN': '之后虚拟机也会在其他接口之间转发；虚拟机下次启动后默认即为该策略。',
              },
            },
          ],
        };
      });
  },
});
