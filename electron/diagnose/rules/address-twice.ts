import { same } from '../../../shared/text.ts';
import { type Containers, namespaceOf } from '../../probe/containers.ts';
import type { Interface } from '../../probe/interfaces.ts';
import type { DockerContainer } from '../../probe/lib/docker-model.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { SEEN_AS } from '../link-trouble.ts';
import { defineRule, type Finding } from '../rule.ts';
import { touching, unseenDeaths } from '../select.ts';
import { man, thread } from '../sources.ts';
import { vethOf } from '../veth.ts';

/** What asks for nobody's address, or is set by hand, says nothing of who answers. */
const LEARNT = new Set(['REACHABLE', 'STALE', 'DELAY', 'PROBE']);

/** Somebody else on a container's network answers for its address: what is sent to it goes to whoever was heard last. */
export const addressTwice = defineRule({
  id: 'address-twice',
  needs: ['neighbours', 'docker', 'interfaces', 'containers'],
  causes: {
    'container-address-twice': {
      sources: [
        man('ip-neighbour(8)'),
        man('arp(7)'),
        thread('moby/moby#27404', 'Containers get duplicate bridged IPs after docker daemon is restarted'),
        thread(
          'moby/moby#49781',
          'Docker container ip conflict for containers accessing docker socket on the same bridge network',
        ),
      ],
    },
  },
  judge: ({ neighbours, docker, interfaces, containers }, scene) => {
    const alive = unseenDeaths(scene);
    return docker.networks.flatMap((network): Finding[] => {
      if (network.driver !== 'bridge') return [];
      return docker.containers.flatMap((container): Finding[] => {
        const ip = container.attachments.find((a) => a.network === network.name)?.ip;
        const own = vethOf(container, network.name, interfaces, containers)?.end;
        if (!ip || !own?.mac) return [];
        const heard = neighbours.find(
          (n) => n.address === ip && n.dev === network.bridge && LEARNT.has(n.state) && n.mac !== own.mac,
        );
        const other = docker.containers.find(
          (c) => c !== container && holds(c, ip, network.name, interfaces, containers),
        );
        const mine = touching(container.name, { ...scene, bad: alive });
        if ((!heard?.mac && !other) || mine.length === 0) return [];
        const mac = heard?.mac ?? '';
        const who = other
          ? { en: other.name, 'zh-CN': other.name }
          : { en: `another device, with the MAC ${mac}`, 'zh-CN': `另一台设备（MAC 为 ${mac}）` };
        return [
          {
            id: 'container-address-twice',
            layer: 'link',
            insteadOf: [...SEEN_AS, 'nothing-listens', 'listens-on-ipv6-only', 'listens-on-other-address'],
            title: {
              en: `${container.name}'s address ${ip} is used twice on ${network.name}: by ${who.en}, too`,
              'zh-CN': `${container.name} 的地址 ${ip} 在 ${network.name} 上被重复使用：${who['zh-CN']} 也在使用`,
            },
            says: {
              en: `${container.name} has the address ${ip} and the MAC ${own.mac}, and ${who.en} answers for ${ip} as well. Whoever asks takes the answer that came last, so connections end at one or the other, by turns. Somebody gave the address by hand, in a container, a VM on the same bridge, or a namespace.`,
              'zh-CN': `${container.name} 的地址为 ${ip}，MAC 为 ${own.mac}，而 ${who['zh-CN']} 也应答 ${ip}。询问者采用最后收到的应答，因此连接会轮流到达其中之一。该地址是有人在容器、同一网桥上的虚拟机或命名空间中手动设置的。`,
            },
            grade: 'inferred',
            owner: 'administrator',
            evidence: [
              ...(heard
                ? [fromFact('neighbours', same(`${ip} dev ${heard.dev} lladdr ${mac} ${heard.state}`))]
                : []),
              fromFact('containers', same(`${container.name}: ${ip} ${own.mac}`)),
              ...(other ? [fromFact('containers', same(`${other.name}: ${ip}`))] : []),
              ...someFlows(mine),
            ],
            fixes: [
              {
                title: {
                  en: 'Find who else has the address, and take it away there',
                  'zh-CN': '找出还有谁使用该地址，并在那里移除',
                },
                commands: [
                  other
                    ? `docker exec ${other.name} ip address show`
                    : `bridge fdb show br ${network.bridge ?? ''} | grep -i ${mac}`,
                ],
                undo: [],
                applies: 'told',
              },
            ],
            explains: mine.map((f) => f.id),
          },
        ];
      });
    });
  },
});

/** Does a container that is on a network have this address there, whatever Docker gave it? */
function holds(
  container: DockerContainer,
  ip: string,
  network: string,
  interfaces: readonly Interface[],
  containers: Containers,
): boolean {
  const inside = namespaceOf(containers, container.id)?.interfaces ?? [];
  return (
    vethOf(container, network, interfaces, containers) !== undefined &&
    inside.some(({ addresses }) => addresses.some(({ address }) => address === ip))
  );
}
