import { same } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { defaultRoute } from '../../probe/routes.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { isOutwards } from '../select.ts';
import { man, VIRTUALBOX_NAT } from '../sources.ts';
import { adapters } from '../uplink.ts';

/** The VM has no way out because an adapter of its own has no cable, is switched off, or got no address. */
export const adapterDown = defineRule({
  id: 'adapter-down',
  needs: ['interfaces', 'routes'],
  causes: {
    'adapter-unplugged': {
      sources: [
        {
          title: 'VirtualBox: VBoxManage (controlvm setlinkstate)',
          url: 'https://www.virtualbox.org/manual/topics/vboxmanage.html',
        },
      ],
    },
    'adapter-off': { sources: [man('ip-link(8)')] },
    'adapter-without-address': { sources: [VIRTUALBOX_NAT, man('ip-address(8)')] },
  },
  judge: ({ interfaces, routes }, scene) => {
    const cut = scene.bad.filter((f) => isOutwards(f));
    if (defaultRoute(routes) || cut.length === 0) return [];
    return adapters(interfaces).flatMap((nic): Finding[] => {
      const addresses = nic.addresses.filter((a) => a.family === 4 && a.scope === 'global');
      const common = {
        layer: 'machine' as const,
        insteadOf: ['guest-no-default-route', 'machine-offline', 'resolver-dead', 'nat-dns-dead'],
        grade: 'inferred' as const,
        evidence: [
          fromFact(
            'interfaces',
            same(`${nic.name}: ${nic.state}, ${nic.flags.join(',')}; inet ${addresses[0]?.address ?? '-'}`),
          ),
          ...someFlows(cut),
        ],
        explains: cut.map((f) => f.id),
      };
      if (!nic.up)
        return [
          {
            id: 'adapter-off',
            ...common,
            owner: 'administrator',
            title: {
              en: `The VM's network adapter ${nic.name} is switched off`,
              'zh-CN': `虚拟机的网卡 ${nic.name} 已被关闭`,
            },
            says: {
              en: `${nic.name} is DOWN in the VM, and no default route is left, so nothing gets out of the VM, containers included. Docker is not the cause.`,
              'zh-CN': `虚拟机中的 ${nic.name} 处于 DOWN 状态，也没有默认路由，因此虚拟机及其容器都无法访问外部。与 Docker 无关。`,
            },
            fixes: [
              {
                title: { en: 'Switch it on', 'zh-CN': '启用该网卡' },
                commands: [`ip link set ${quoteWhereNeeded(nic.name)} up`],
                undo: [`ip link set ${quoteWhereNeeded(nic.name)} down`],
                applies: 'at-once',
                trial: 'itself',
              },
            ],
          },
        ];
      if (!nic.carrier)
        return [
          {
            id: 'adapter-unplugged',
            ...common,
            owner: 'virtualbox',
            title: {
              en: `The cable of the VM's adapter ${nic.name} is unplugged`,
              'zh-CN': `虚拟机网卡 ${nic.name} 的网线未接上`,
            },
            says: {
              en: `${nic.name} sees no carrier: in VirtualBox the adapter's cable is disconnected, and without it there is no address and no default route. Connect it in the VM's network settings, or with VBoxManage controlvm NAME setlinkstate1 on; Docker is not the cause.`,
              'zh-CN': `${nic.name} 检测不到载波：VirtualBox 中该网卡的网线已断开，因此没有地址，也没有默认路由。请在虚拟机的网络设置中接上，或运行 VBoxManage controlvm NAME setlinkstate1 on；与 Docker 无关。`,
            },
            fixes: [],
          },
        ];
      if (addresses.length > 0) return [];
      return [
        {
          id: 'adapter-without-address',
          ...common,
          owner: 'administrator',
          title: {
            en: `The VM's adapter ${nic.name} has no IPv4 address (no DHCP lease)`,
            'zh-CN': `虚拟机网卡 ${nic.name} 没有 IPv4 地址（未获得 DHCP 租约）`,
          },
          says: {
            en: `${nic.name} is up and plugged in, but has no IPv4 address and so no default route: it never asked VirtualBox's DHCP, or got no lease. Neither the VM nor a container gets out; Docker is not the cause.`,
            'zh-CN': `${nic.name} 已启用且已接线，但没有 IPv4 地址，因此也没有默认路由：它没有向 VirtualBox 的 DHCP 请求地址，或没有获得租约。虚拟机和容器都无法访问外部；与 Docker 无关。`,
          },
          fixes: [
            {
              title: { en: 'Ask for an address', 'zh-CN': '请求地址' },
              commands: [
                ['networkctl renew', 'dhclient', 'nmcli device connect']
                  .map((ask) => `${ask} ${quoteWhereNeeded(nic.name)}`)
                  .join(' || '),
              ],
              undo: [`ip address flush dev ${quoteWhereNeeded(nic.name)}`],
              applies: 'told',
            },
          ],
        },
      ];
    });
  },
});
