import ipaddr from 'ipaddr.js';
import { same } from '../../../shared/text.ts';
import type { DockerNetwork } from '../../probe/lib/docker-model.ts';
import { overlap } from '../covers.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { bridgeOf } from '../paths.ts';
import { remakeNetwork } from '../remake-network.ts';
import { defineRule, type Finding } from '../rule.ts';
import { thread } from '../sources.ts';

const subnetOf = ({ subnets }: DockerNetwork) =>
  subnets.map(({ subnet }) => subnet).find((s) => ipaddr.IPv4.isValidCIDR(s));

/** Two of Docker's own networks have addresses in common: the answers to one go out by the bridge of the other. */
export const networksOverlap = defineRule({
  id: 'networks-overlap',
  needs: ['docker'],
  causes: {
    'docker-networks-overlap': {
      sources: [
        thread('moby/moby#48089', '[27.0 backport] Fix duplicate subnet allocations'),
        thread(
          'moby/moby#48069',
          'Docker-27.0.2: "invalid pool request: Pool overlaps with other one on this address space"',
        ),
        thread('moby/moby#26912', 'Subnets with conflicting ranges in Docker'),
      ],
      holds: 'Docker 27.0.0 to 27.0.2 by themselves; any version where subnets are given by hand',
    },
  },
  judge: ({ docker }, scene) => {
    const bridges = docker.networks.filter((n) => n.driver === 'bridge' && n.bridge && subnetOf(n));
    return bridges.flatMap((one, i) =>
      bridges.slice(i + 1).flatMap((other): Finding[] => {
        const [mine = '', its = ''] = [subnetOf(one), subnetOf(other)];
        if (!overlap(mine, its)) return [];
        const lost = scene.bad.filter((f) => [one.bridge, other.bridge].includes(bridgeOf(f, scene) ?? null));
        if (lost.length === 0) return [];
        const both = `${one.name} (${mine}) and ${other.name} (${its})`;
        return [
          {
            id: 'docker-networks-overlap',
            layer: 'route',
            insteadOf: ['netfilter-drop', 'masquerade-missing'],
            title: {
              en: `Two Docker networks have the same addresses: ${both}`,
              'zh-CN': `两个 Docker 网络的地址重叠：${one.name}（${mine}）与 ${other.name}（${its}）`,
            },
            says: {
              en: `${both} overlap. The VM has one route for an address, so what belongs to a container of one of them goes out by the bridge of the other. Docker ${docker.info?.version ?? ''} has to make one of them again; versions 27.0.0 to 27.0.2 handed out such subnets by themselves.`,
              'zh-CN': `${one.name}（${mine}）与 ${other.name}（${its}）重叠。虚拟机对一个地址只有一条路由，因此属于其中一个网络容器的数据包会从另一个网络的网桥发出。需要用 Docker ${docker.info?.version ?? ''} 重新创建其中一个；27.0.0 至 27.0.2 版会自行分配这样的子网。`,
            },
            grade: 'inferred',
            owner: 'docker',
            evidence: [
              fromFact('docker', same(`${one.name}: ${mine}; ${other.name}: ${its}`)),
              fromFact('routes', same(`${mine} dev ${one.bridge}; ${its} dev ${other.bridge}`)),
              ...someFlows(lost),
            ],
            fixes: [
              remakeNetwork(other.name, its, {
                en: `Make ${other.name} again`,
                'zh-CN': `重新创建 ${other.name}`,
              }),
            ],
            explains: lost.map(({ id }) => id),
          },
        ];
      }),
    );
  },
});
