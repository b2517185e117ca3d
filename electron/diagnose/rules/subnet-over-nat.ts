import { same, type Text } from '../../../shared/text.ts';
import { addressOf } from '../address-of.ts';
import { covers } from '../covers.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { bridgeOf } from '../paths.ts';
import { remakeNetwork } from '../remake-network.ts';
import { defineRule, type Finding } from '../rule.ts';
import { isOutwards } from '../select.ts';
import { thread, VIRTUALBOX_NAT } from '../sources.ts';
import { adapters } from '../uplink.ts';

const WARNING: Text = {
  en: 'Its containers have to be disconnected first. Where Docker chose the subnet itself, change default-address-pools in daemon.json.',
  'zh-CN': '需要先断开其上的容器。若子网由 Docker 自动分配，请修改 daemon.json 中的 default-address-pools。',
};

/**
 * A Docker network covers the VM's own network behind VirtualBox's NAT (10.0.2.0/24): what its containers send to the name
 * server there, 10.0.2.3, they look for among themselves. Where the VM itself then looks for its gateway or name server on the
 * bridge, nobody gets out any more.
 */
export const subnetOverNat = defineRule({
  id: 'subnet-over-nat',
  needs: ['docker', 'interfaces'],
  causes: {
    'docker-subnet-over-nat': {
      sources: [
        VIRTUALBOX_NAT,
        thread('docker-archive-public/docker.machine#1742', 'Unable to connect to 10.0.2.0/24 IP Addresses'),
        thread('docker-archive-public/docker.machine#3570', 'Custom VirtualBox NAT subnet'),
        thread(
          'moby/moby#46615',
          'Regression: docker network conflicts with host routes when creating a new network',
        ),
        thread(
          'docker/for-linux#599',
          'Error response from daemon: could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
        ),
        {
          title: 'Docker: dockerd (default address pools)',
          url: 'https://docs.docker.com/reference/cli/dockerd/',
        },
      ],
    },
  },
  judge: ({ docker, interfaces }, scene) => {
    const own = adapters(interfaces).flatMap((i) =>
      i.addresses.filter((a) => a.family === 4 && a.scope === 'global').map((a) => ({ dev: i.name, ...a })),
    );
    const { guestGateway, guestResolvers } = scene.world;
    const lost = scene.bad.filter(isOutwards);
    return docker.networks.flatMap((network): Finding[] => {
      const { name, bridge } = network;
      const hit = network.subnets.flatMap(({ subnet }) => {
        const near = own.find(
          (a) => covers(subnet, a.address) || covers(`${a.address}/${a.prefix}`, subnet.split('/')[0] ?? ''),
        );
        return near ? [{ subnet, near }] : [];
      })[0];
      if (!hit || !bridge) return [];
      const { subnet, near } = hit;
      const hidden = lost.some((f) => f.from.where === 'guest')
        ? [guestGateway, ...guestResolvers].find((a) => a !== undefined && covers(subnet, a))
        : undefined;
      const cut = scene.bad.filter((f) => {
        if (hidden !== undefined && isOutwards(f)) return true;
        const address = addressOf(f);
        const here = bridgeOf(f, scene) === bridge;
        return (
          (here && (isOutwards(f) || f.from.where === 'mac')) ||
          (address !== undefined && covers(subnet, address) && f.from.where === 'guest')
        );
      });
      if (cut.length === 0) return [];
      return [
        {
          id: 'docker-subnet-over-nat',
          layer: hidden === undefined ? 'route' : 'machine',
          insteadOf: [
            'container-dns-wrong',
            'embedded-dns-upstream-dead',
            'resolver-dead',
            'nat-dns-dead',
            'machine-offline',
            'masquerade-missing',
            'docker-subnet-overlap',
            ...(hidden === undefined ? [] : ['netfilter-drop']),
          ],
          title: {
            en: `The Docker network ${name} (${subnet}) covers the VM's own network (${near.address}/${near.prefix})`,
            'zh-CN': `Docker 网络 ${name}（${subnet}）覆盖了虚拟机自身的网络（${near.address}/${near.prefix}）`,
          },
          says: {
            en: `${name} was made with ${subnet}, and the VM's address on ${near.dev}, its gateway and its name server lie in there, too. ${hidden === undefined ? `Its containers look for them on their own bridge ${bridge}, where they are not; the VM itself may go wrong as well.` : `Not only its containers, the VM itself looks for ${hidden} on the bridge ${bridge}, where it is not, so that nobody gets out.`}`,
            'zh-CN': `${name} 的子网为 ${subnet}，而虚拟机在 ${near.dev} 上的地址、网关和 DNS 服务器也在其中。${hidden === undefined ? `该网络的容器会在自己的网桥 ${bridge} 上寻找它们，却找不到；虚拟机自身也可能受影响。` : `不仅它的容器，虚拟机自身也会在网桥 ${bridge} 上寻找 ${hidden}，却找不到，因此谁都无法访问外部。`}`,
          },
          grade: 'inferred',
          owner: 'docker',
          evidence: [
            fromFact('docker', same(`${name}: ${subnet}`)),
            fromFact('interfaces', same(`${near.dev}: inet ${near.address}/${near.prefix}`)),
            ...someFlows(cut),
          ],
          fixes: [remakeNetwork(name, subnet, undefined, WARNING)],
          explains: cut.map((f) => f.id),
        },
      ];
    });
  },
});
