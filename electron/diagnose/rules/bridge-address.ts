import { same } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { bridgeOf } from '../paths.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_BRIDGE, thread } from '../sources.ts';

/** A bridge without the address that its network's containers have as their gateway. */
export const bridgeAddress = defineRule({
  id: 'bridge-address',
  needs: ['interfaces', 'docker'],
  causes: {
    'bridge-without-address': {
      sources: [
        thread('moby/moby#40217', 'docker0 interface keeps loosing IPv4 ipaddress'),
        thread('moby/moby#31477', 'bridge address / route lost on last container exit'),
        DOCKER_BRIDGE,
      ],
    },
  },
  judge: ({ interfaces, docker }, scene) =>
    docker.networks.flatMap((network): Finding[] => {
      const { bridge, name } = network;
      const subnet = network.subnets.find((s) => s.gateway?.includes('.'));
      const link = interfaces.find((i) => i.name === bridge);
      const cut = scene.bad.filter((f) => bridgeOf(f, scene) === bridge && f.to.what !== 'container-name');
      // a network made with inhibit_ipv4 has none on purpose
      const without = network.options['com.docker.network.bridge.inhibit_ipv4'] === 'true';
      if (!bridge || !link?.up || !subnet?.gateway || without || cut.length === 0) return [];
      const { gateway } = subnet;
      if (link.addresses.some((a) => a.address === gateway)) return [];
      const address = `${gateway}/${subnet.subnet.split('/')[1] ?? '16'}`;
      return [
        {
          id: 'bridge-without-address',
          layer: 'link',
          insteadOf: ['netfilter-drop', 'masquerade-missing', 'container-dns-wrong'],
          title: {
            en: `The bridge ${bridge} has lost its address ${gateway}`,
            'zh-CN': `网桥 ${bridge} 丢失了地址 ${gateway}`,
          },
          says: {
            en: `The containers of ${name} have ${gateway} as their gateway, but ${bridge} does not have that address (any more): with it went the VM's route to them. Docker sets it when it starts; a network service in the VM (systemd-networkd, NetworkManager) may have taken it away.`,
            'zh-CN': `${name} 的容器以 ${gateway} 为网关，但 ${bridge} 上没有（或不再有）该地址，虚拟机到这些容器的路由也随之消失。Docker 启动时会设置该地址；可能被虚拟机中的网络服务（systemd-networkd、NetworkManager）移除。`,
          },
          grade: 'inferred',
          owner: 'administrator',
          evidence: [
            fromFact(
              'interfaces',
              same(`${bridge}: inet ${link.addresses.map((a) => a.address).join(', ') || '-'}`),
            ),
            fromFact('docker', same(`${name}: gateway ${gateway}`)),
            ...someFlows(cut),
          ],
          fixes: [
            {
              title: { en: 'Give it back its address', 'zh-CN': '恢复该地址' },
              commands: [`ip address add ${address} dev ${quoteWhereNeeded(bridge)}`],
              undo: [`ip address del ${address} dev ${quoteWhereNeeded(bridge)}`],
              applies: 'at-once',
              trial: 'itself',
            },
          ],
          explains: cut.map((f) => f.id),
        },
      ];
    }),
});
