import type { Text } from '../../../shared/text.ts';
import { same } from '../../../shared/text.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { ownerOf } from '../owner.ts';
import { bridgeOf } from '../paths.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_BRIDGE, thread } from '../sources.ts';

/** Docker cuts traffic because a network was made that way: `internal`, or containers may not talk to each other (ICC). */
export const networkOption = defineRule({
  id: 'network-option',
  needs: ['docker'],
  causes: {
    'docker-internal-network': {
      sources: [
        {
          title: 'Docker: docker network create',
          url: 'https://docs.docker.com/reference/cli/docker/network/create/',
        },
        thread(
          'moby/moby#27441',
          'Containers in internal networks do not expose ports even if explicitly made to do so',
        ),
      ],
    },
    'docker-icc-disabled': {
      sources: [
        DOCKER_BRIDGE,
        thread('moby/moby#31453', 'iptables and links works only on default bridge when icc is disabled'),
      ],
    },
  },
  judge: ({ docker }, scene) =>
    docker.networks.flatMap((network): Finding[] => {
      const { bridge, name } = network;
      if (!bridge) return [];
      const here = scene.bad.filter((f) => bridgeOf(f, scene) === bridge);
      const among = here.filter(
        (f) => ['container-ip', 'container-name'].includes(f.to.what) && f.from.where !== 'guest',
      );
      const outwards = here.filter(
        (f) => f.kind.startsWith('internet-') || ['dns-server', 'published-port'].includes(f.kind),
      );
      const findings: Finding[] = [];
      const add = (id: string, option: string, flows: typeof here, title: Text, says: Text, fix: Text) => {
        const place = scene.journeys.find((j) => j.at && flows.some((f) => f.id === j.flowId))?.at;
        // somebody else's rule on the way is that somebody's doing
        if (flows.length === 0 || (place && ownerOf(place) !== 'docker' && place.chain !== 'FORWARD')) return;
        findings.push({
          id,
          layer: 'filter',
          insteadOf: ['netfilter-drop', 'masquerade-missing', 'container-no-default-route'],
          title,
          says,
          grade: place ? 'traced' : 'inferred',
          owner: 'docker',
          ...(place ? { where: place } : {}),
          evidence: [fromFact('docker', same(`${name}: ${option}`)), ...someFlows(flows)],
          fixes: [{ title: fix, commands: [], undo: [], applies: 'told' }],
          explains: flows.map((f) => f.id),
        });
      };
      if (network.internal) {
        add(
          'docker-internal-network',
          '"internal": true',
          outwards,
          {
            en: `The network ${name} is internal: Docker cuts it off on purpose`,
            'zh-CN': `网络 ${name} 是 internal 网络：Docker 有意将其隔离`,
          },
          {
            en: `${name} was made with "internal": true. Docker gives such a network no way out and publishes no port from it.`,
            'zh-CN': `${name} 创建时设置了 "internal": true。Docker 不会为这样的网络提供出口，也不会发布其端口。`,
          },
          { en: 'Make the network again without internal', 'zh-CN': '去掉 internal 后重新创建该网络' },
        );
      }
      if (!network.icc) {
        add(
          'docker-icc-disabled',
          'com.docker.network.bridge.enable_icc=false',
          among,
          {
            en: `Containers on ${name} may not talk to each other (icc is off)`,
            'zh-CN': `${name} 上的容器不允许互相通信（icc 已关闭）`,
          },
          {
            en: `The network ${name} has com.docker.network.bridge.enable_icc=false, so Docker drops what its containers send to each other.`,
            'zh-CN': `网络 ${name} 设置了 com.docker.network.bridge.enable_icc=false，因此 Docker 会丢弃其容器之间的流量。`,
          },
          {
            en: 'Set icc to true ("icc" in daemon.json, or make the network again)',
            'zh-CN': '把 icc 设为 true（daemon.json 中的 "icc"，或重新创建网络）',
          },
        );
      }
      return findings;
    }),
});
