import { same } from '../../../shared/text.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { covers } from '../paths.ts';
import { remakeNetwork } from '../remake-network.ts';
import { defineRule, type Finding } from '../rule.ts';
import { thread, VIRTUALBOX_NAT } from '../sources.ts';

/** A Docker network has the addresses of the VM's own network, so that its gateway or name server can't be found. */
export const gatewayHidden = defineRule({
  id: 'gateway-hidden',
  needs: ['docker', 'interfaces'],
  causes: {
    'docker-subnet-hides-gateway': {
      sources: [
        VIRTUALBOX_NAT,
        thread(
          'moby/moby#46615',
          'Regression: docker network conflicts with host routes when creating a new network',
        ),
        thread(
          'docker/for-linux#599',
          'Error response from daemon: could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
        ),
      ],
    },
  },
  judge: ({ docker, interfaces }, scene) => {
    const { guestGateway, guestResolvers } = scene.world;
    return docker.networks.flatMap((network): Finding[] => {
      const subnet = network.subnets.map((s) => s.subnet).find((s) => s !== '');
      if (!subnet || !network.bridge) return [];
      const own = interfaces.find(
        (i) => i.name !== network.bridge && i.addresses.some((a) => covers(subnet, a.address)),
      );
      const hidden = [guestGateway, ...guestResolvers].find((a) => a !== undefined && covers(subnet, a));
      const lost = scene.bad.filter((f) => f.kind.startsWith('internet-') || f.to.what === 'dns-server');
      const guestToo = lost.some((f) => f.from.where === 'guest');
      if (!own || hidden === undefined || !guestToo) return [];
      return [
        {
          id: 'docker-subnet-hides-gateway',
          layer: 'machine',
          insteadOf: [
            // it names the half of it that containers feel
            'docker-subnet-over-nat',
            'machine-offline',
            'nat-dns-dead',
            'resolver-dead',
            'netfilter-drop',
            'masquerade-missing',
          ],
          title: {
            en: `The Docker network ${network.name} (${subnet}) has the addresses of the VM's own network`,
            'zh-CN': `Docker 网络 ${network.name}（${subnet}）占用了虚拟机自身网络的地址`,
          },
          says: {
            en: `${network.name} has the subnet ${subnet}, in which ${hidden}, the gateway or name server of the VM on ${own.name}, lies as well. The VM now looks for it on the bridge ${network.bridge}, so that neither it nor its containers get out. VirtualBox's NAT has 10.0.2.0/24: leave that out of "default-address-pools".`,
            'zh-CN': `${network.name} 的子网为 ${subnet}，而虚拟机在 ${own.name} 上的网关或 DNS 服务器 ${hidden} 也在其中。虚拟机现在会到网桥 ${network.bridge} 上寻找它，因此虚拟机和容器都无法访问外部。VirtualBox NAT 使用 10.0.2.0/24：请不要把它放入 "default-address-pools"。`,
          },
          grade: 'inferred',
          owner: 'docker',
          evidence: [
            fromFact('docker', same(`${network.name}: ${subnet}`)),
            fromFact('routes', same(`${subnet} dev ${network.bridge}; ${hidden} dev ${own.name}`)),
            ...someFlows(lost),
          ],
          fixes: [remakeNetwork(network.name, subnet)],
          explains: lost.map(({ id }) => id),
        },
      ];
    });
  },
});
