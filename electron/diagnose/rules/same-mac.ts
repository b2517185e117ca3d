import { same } from '../../../shared/text.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { SEEN_AS } from '../link-trouble.ts';
import { restartContainer } from '../restart-container.ts';
import { defineRule, type Finding } from '../rule.ts';
import { touching, unseenDeaths } from '../select.ts';
import { thread } from '../sources.ts';
import { vethOf } from '../veth.ts';

/** Two containers of one network have the same hardware address: the bridge hands frames to whoever it heard last. */
export const sameMac = defineRule({
  id: 'same-mac',
  needs: ['interfaces', 'docker', 'containers'],
  causes: {
    'container-mac-twice': {
      sources: [
        thread('moby/moby#48082', 'Docker network connection time outs to container from host over time'),
        thread('moby/moby#47211', 'Networking between containers in custom network breaks after time'),
        thread('portainer/portainer#1645', 'MAC address collisions'),
      ],
    },
  },
  judge: ({ interfaces, docker, containers }, scene) => {
    const alive = unseenDeaths(scene);
    return docker.networks.flatMap((network): Finding[] => {
      if (network.driver !== 'bridge') return [];
      const byMac = new Map<string, { name: string; own: boolean }[]>();
      for (const container of docker.containers) {
        const mac = vethOf(container, network.name, interfaces, containers)?.end?.mac;
        if (!mac) continue;
        const own = container.attachments.some((a) => a.network === network.name && a.mac === mac);
        byMac.set(mac, [...(byMac.get(mac) ?? []), { name: container.name, own }]);
      }
      return [...byMac].flatMap(([mac, twins]): Finding[] => {
        const theirs = twins.flatMap(({ name }) => touching(name, scene));
        const mine = alive.filter((f) => theirs.includes(f));
        if (twins.length < 2 || mine.length === 0) return [];
        const names = twins.map(({ name }) => name).join(', ');
        const changed = twins.filter(({ own }) => !own);
        return [
          {
            id: 'container-mac-twice',
            layer: 'link',
            insteadOf: [...SEEN_AS, 'wrong-neighbour'],
            title: {
              en: `Containers on ${network.name} have the same hardware address ${mac}: ${names}`,
              'zh-CN': `${network.name} 上的容器使用了相同的硬件地址 ${mac}：${names}`,
            },
            says: {
              en: `${names} all have the MAC address ${mac} on ${network.name}. A bridge knows one place for an address, that where it last heard it, so what is for one of them goes to another, by turns. It was set by hand (mac_address, --mac-address, ip link) or copied with a container, as Portainer does; Docker 25.0.0 and 25.0.1 make such twins themselves.`,
              'zh-CN': `${names} 在 ${network.name} 上的 MAC 地址都是 ${mac}。网桥对一个地址只认一个位置，即最近一次听到它的端口，因此发给其中一个的数据包会轮流送到另一个。该地址是手动设置的（mac_address、--mac-address、ip link），或随容器一起复制而来（如 Portainer）；Docker 25.0.0 和 25.0.1 自身也会造成重复。`,
            },
            grade: 'inferred',
            owner: 'administrator',
            evidence: [
              ...twins.map(({ name }) => fromFact('containers', same(`${name}: ${mac}`))),
              ...someFlows(mine),
            ],
            fixes:
              changed.length > 0
                ? changed.map(({ name }) => restartContainer(name))
                : [
                    {
                      title: {
                        en: 'Make one of them again without a MAC address of its own',
                        'zh-CN': '重新创建其中一个容器，不指定 MAC 地址',
                      },
                      commands: ['docker compose up -d --force-recreate …'],
                      undo: [],
                      applies: 'told',
                      warning: {
                        en: 'Take mac_address (--mac-address) out of its settings first.',
                        'zh-CN': '请先从其设置中去掉 mac_address（--mac-address）。',
                      },
                    },
                  ],
            explains: mine.map((f) => f.id),
          },
        ];
      });
    });
  },
});
