import { same } from '../../../shared/text.ts';
import { fromFact, fromFlow } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { VIRTUALBOX_NAT } from '../sources.ts';

/** A published port works in the VM, and what the Mac sends through VirtualBox's forward never gets there. */
export const deadForward = defineRule({
  id: 'dead-forward',
  // only root sees packets: without it nothing can be said of any that did not come
  needs: ['docker', 'containers', 'interfaces'],
  causes: {
    'forward-not-listening': {
      sources: [
        VIRTUALBOX_NAT,
        {
          title: 'VirtualBox: Network Address Translation (NAT)',
          url: 'https://docs.oracle.com/en/virtualization/virtualbox/6.0/user/network_nat.html',
        },
      ],
    },
    'forward-wrong-guest-address': {
      sources: [
        {
          title: 'VirtualBox: Network Address Translation (NAT)',
          url: 'https://docs.oracle.com/en/virtualization/virtualbox/6.0/user/network_nat.html',
        },
        VIRTUALBOX_NAT,
      ],
    },
  },
  judge: ({ docker, interfaces }, scene) => {
    // where more fails than is traced, a packet that was not seen may have come all the same
    if (!scene.bad.every((f) => f.from.where === 'mac')) return [];
    return scene.bad.flatMap((flow): Finding[] => {
      const { host, port, guestPort } = flow.to;
      if (flow.from.where !== 'mac' || guestPort === undefined) return [];
      const own = scene.flows.find(
        (f) =>
          f.from.where === 'guest' &&
          f.kind === 'published-port' &&
          f.to.port === guestPort &&
          !f.to.host.startsWith('127.'),
      );
      const arrived = scene.journeys.some((j) => j.flowId === flow.id);
      // the network of a paused or silent program accepts for it, too
      const running = docker.containers.some((c) => c.name === flow.to.container && c.state === 'running');
      if (own?.outcome !== 'ok' || arrived || !running) return [];
      const mine = scene.world.guestAddresses[0] ?? '10.0.2.15';
      const link = interfaces.find((i) => i.addresses.some((a) => a.address === mine));
      const common = {
        layer: 'port' as const,
        grade: 'inferred' as const,
        owner: 'virtualbox' as const,
        evidence: [
          fromFlow(flow),
          fromFlow(own),
          fromFact('interfaces', same(`${link?.name ?? '-'}: inet ${mine}`)),
        ],
        fixes: [],
        explains: [flow.id],
      };
      if (flow.outcome === 'refused')
        return [
          {
            id: 'forward-not-listening',
            ...common,
            title: {
              en: `VirtualBox does not listen on ${host}:${port} of the Mac`,
              'zh-CN': `VirtualBox 没有在 Mac 的 ${host}:${port} 上监听`,
            },
            says: {
              en: `The VM has a forward from ${host}:${port} to its port ${guestPort}, which works inside of it, but nobody listens on the Mac: the port was taken when the VM started, or it lies below 1024 and VirtualBox may not open it. Choose another host port, with VBoxManage controlvm NAME natpf1.`,
              'zh-CN': `虚拟机有一条从 ${host}:${port} 到其端口 ${guestPort} 的转发，该端口在虚拟机内正常，但 Mac 上无人监听：虚拟机启动时该端口已被占用，或端口低于 1024 而 VirtualBox 无权打开。请用 VBoxManage controlvm NAME natpf1 改用其他主机端口。`,
            },
          },
        ];
      return [
        {
          id: 'forward-wrong-guest-address',
          ...common,
          title: {
            en: `What VirtualBox forwards from ${host}:${port} never arrives in the VM`,
            'zh-CN': `VirtualBox 从 ${host}:${port} 转发的连接没有到达虚拟机`,
          },
          says: {
            en: `VirtualBox accepts connections on ${host}:${port} of the Mac, but no packet of them came in, while ${mine}:${guestPort} works in the VM. Most likely the forward names another guest address than ${mine}, or another port: leave its guest address empty.`,
            'zh-CN': `VirtualBox 在 Mac 的 ${host}:${port} 上接受连接，但虚拟机没有收到任何数据包，而 ${mine}:${guestPort} 在虚拟机内正常。很可能该转发指定的虚拟机地址不是 ${mine}，或端口不同：请把转发的虚拟机地址留空。`,
          },
        },
      ];
    });
  },
});
