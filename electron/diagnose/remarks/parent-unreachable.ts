import { ON_A_PARENT } from '../../flow/places.ts';
import { failed } from '../../flow/telling.ts';
import type { Remarker } from '../remark.ts';

/** A container on macvlan or ipvlan and its own host never reach each other: the kernel keeps an interface from its parent. */
export const parentUnreachable: Remarker = ({ facts, flows }) => {
  const networks = facts.docker.ok ? facts.docker.value.networks : [];
  const lost = flows.filter(failed).flatMap(({ kind, from }) => {
    if (kind !== 'guest-service' || from.where !== 'container') return [];
    const driver = networks.find(({ name }) => name === from.network)?.driver ?? '';
    return ON_A_PARENT.has(driver) ? [{ container: from.name, network: from.network, driver }] : [];
  });
  const [first] = lost;
  if (first === undefined) return [];
  const { network, driver } = first;
  const names = lost.map(({ container }) => container);
  return [
    {
      code: 'parent-unreachable',
      says: {
        en: `${names.join(', ')} cannot reach this VM itself, nor it them: that is how ${driver} networks (${network}) are made.`,
        'zh-CN': `${names.join('、')} 无法访问此虚拟机本身，反之亦然：${driver} 网络（${network}）就是如此设计的。`,
      },
      next: {
        en: 'Where they have to, connect the container to a bridge network as well, or give the VM a macvlan interface of its own and a route through it.',
        'zh-CN':
          '如确有需要，请将容器同时连接到一个 bridge 网络，或为虚拟机添加自己的 macvlan 接口并经由它设置路由。',
      },
      source: 'https://docs.docker.com/engine/network/drivers/macvlan/',
    },
  ];
};
