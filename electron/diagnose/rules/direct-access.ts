import { quoteWhereNeeded } from '../../connect/quote.ts';
import { chainOf, deathAt, ruleText } from '../death.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_IPTABLES, thread } from '../sources.ts';

/** Docker 28 drops, before all else, what is sent to a container's own address by another way than its bridge. */
export const directAccess = defineRule({
  id: 'direct-access',
  needs: ['docker'],
  causes: {
    'docker-blocks-direct-access': {
      sources: [
        DOCKER_IPTABLES,
        thread('moby/moby#51015', 'Docker 28 and Tailscale subnet routing'),
        thread('moby/moby#49498', 'Docker 28 stops containers communicating with tailscale network.'),
      ],
      holds: 'Docker 28.0.0 and later',
    },
  },
  judge: ({ docker }, scene) =>
    deathsByPlace(scene.journeys).flatMap(({ place, journeys }): Finding[] => {
      if (place.table !== 'raw' || place.hook !== 'prerouting') return [];
      const target = docker.containers.find((c) =>
        c.attachments.some(
          ({ ip }) => ip !== null && journeys.every((j) => (j.nat?.dst ?? j.packet.dst) === ip),
        ),
      );
      const bridge = docker.networks.find(
        (n) => n.bridge && new RegExp(`(! -i |iifname != ")${n.bridge}\\b`).test(ruleText(place)),
      );
      if (!target || !bridge) return [];
      return [
        {
          ...deathAt(place, journeys),
          id: 'docker-blocks-direct-access',
          insteadOf: ['netfilter-drop'],
          owner: 'docker',
          title: {
            en: `Docker lets nobody but its own network ${bridge.name} send to ${target.name}'s address`,
            'zh-CN': `Docker 只允许其网络 ${bridge.name} 内部访问 ${target.name} 的地址`,
          },
          says: {
            en: `Since version 28 Docker drops in ${chainOf(place)} whatever is sent to a container's own address and does not come in by its bridge: ${ruleText(place)}. Routes, VPNs and rules in DOCKER-USER don't change that; use a published port, or allow the interface on the network.`,
            'zh-CN': `自 28 版起，Docker 会在 ${chainOf(place)} 中丢弃发往容器自身地址、但不是从其网桥进入的数据包：${ruleText(place)}。路由、VPN 和 DOCKER-USER 规则都无法改变；请使用发布端口，或在该网络上允许相应接口。`,
          },
          fixes: [
            {
              title: {
                en: 'Make the network again with that interface trusted',
                'zh-CN': '重新创建网络并信任该接口',
              },
              commands: [
                `docker network create -o com.docker.network.bridge.trusted_host_interfaces=${quoteWhereNeeded(journeys[0]?.packet.iif ?? 'IFACE')} …`,
              ],
              undo: [],
              applies: 'told',
            },
          ],
        },
      ];
    }),
});
