import { same, type Text } from '../../../shared/text.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { addressOf, bridgeOf, covers } from '../paths.ts';
import { remakeNetwork } from '../remake-network.ts';
import { defineRule, type Finding } from '../rule.ts';
import { isOutwards } from '../select.ts';
import { thread } from '../sources.ts';
import { adapters } from '../uplink.ts';

const WARNING: Text = {
  en: 'Its containers have to be disconnected first. Where Docker chose the subnet itself, change default-address-pools in daemon.json.',
  'zh-CN': '需要先断开其上的容器。若子网由 Docker 自动分配，请修改 daemon.json 中的 default-address-pools。',
};

/**
 * A Docker network covers the VM's own network behind VirtualBox's NAT (10.0.2.0/24): what its containers send to the name
 * server there, 10.0.2.3, they look for among themselves.
 */
export const subnetOverNat = defineRule({
  id: 'subnet-over-nat',
  needs: ['docker', 'interfaces'],
  causes: {
    'docker-subnet-over-nat': {
      sources: [
        thread('docker-archive-public/docker.machine#1742', 'Unable to connect to 10.0.2.0/24 IP Addresses'),
        thread('docker-archive-public/docker.machine#3570', 'Custom VirtualBox NAT subnet'),
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
      const cut = scene.bad.filter((f) => {
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
          layer: 'route',
          insteadOf: [
            'container-dns-wrong',
            'embedded-dns-upstream-dead',
            'resolver-dead',
            'nat-dns-dead',
            'machine-offline',
            'masquerade-missing',
            'docker-subnet-overlap',
          ],
          title: {
            en: `The Docker network ${name} (${subnet}) covers the VM's own network (${near.address}/${near.prefix})`,
            'zh-CN': `Docker 网络 ${name}（${subnet}）覆盖了虚拟机自身的网络（${near.address}/${near.prefix}）`,
          },
          says: {
            en: `${name} was made with ${subnet}, and the VM's address on ${near.dev}, its gateway and its name server lie in there, too. Its containers look for them on their own bridge ${bridge}, where they are not; the VM itself may go wrong as well.`,
            'zh-CN': `${name} 的子网为 ${subnet}，而虚拟机在 ${near.dev} 上的地址、网关和 DNS 服务器也在其中。该网络的容器会在自己的网桥 ${bridge} 上寻找它们，却找不到；虚拟机自身也可能受影响。`,
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
