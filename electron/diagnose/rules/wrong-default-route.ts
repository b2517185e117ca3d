import type { Change } from '../../../shared/cause.ts';
import { same, type Text } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { defaultRoute, type Route } from '../../probe/routes.ts';
import { fromFact, fromFlow, someFlows } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { guestFails, isOutwards } from '../select.ts';
import { man, VIRTUALBOX_NAT } from '../sources.ts';
import { adapters, natGatewayFor } from '../uplink.ts';

/** Another default route in the stead of this one: before it, where it has a metric and so can stay. */
function instead({ gateway, dev, metric, protocol }: Route, way: string): Change {
  if (metric > 0) return { commands: [`ip route add default ${way}`], undo: [`ip route del default ${way}`] };
  const words = [...(gateway ? ['via', gateway] : []), 'dev', dev ?? '', 'proto', protocol];
  return {
    commands: [`ip route replace default ${way}`],
    undo: [`ip route replace default ${words.map(quoteWhereNeeded).join(' ')}`],
  };
}

const UNKNOWN = new Set(['FAILED', 'INCOMPLETE']);

/** There is a default route, and it leads to nobody: its gateway is silent, or its device has no network behind it. */
export const wrongDefaultRoute = defineRule({
  id: 'wrong-default-route',
  needs: ['routes', 'interfaces', 'neighbours'],
  causes: {
    'default-gateway-silent': { sources: [VIRTUALBOX_NAT, man('ip-route(8)')] },
    'default-route-wrong-device': { sources: [VIRTUALBOX_NAT, man('ip-route(8)')] },
  },
  judge: ({ routes, interfaces, neighbours }, scene) => {
    const route = defaultRoute(routes);
    const cut = scene.bad.filter(isOutwards);
    if (!route?.dev || cut.length === 0 || !guestFails('internet-ip', scene)) return [];
    const { dev, gateway } = route;
    const nics = adapters(interfaces);
    const address = nics
      .flatMap((i) => i.addresses)
      .find((a) => a.family === 4 && a.scope === 'global')?.address;
    const nat = address && natGatewayFor(address);
    const right = neighbours.find((n) => n.address === nat && n.mac !== null);
    const finding = (title: Text, says: Text, evidence: Finding['evidence']): Omit<Finding, 'id'> => ({
      layer: 'machine' as const,
      insteadOf: ['machine-offline', 'nat-dns-dead', 'resolver-dead', 'masquerade-missing', 'netfilter-drop'],
      title,
      says,
      grade: 'inferred' as const,
      owner: 'administrator' as const,
      evidence: [
        fromFact('routes', same(`default ${gateway ? `via ${gateway} ` : ''}dev ${dev}`)),
        ...evidence,
        ...someFlows(cut),
      ],
      fixes: right
        ? [
            {
              title: { en: 'Use VirtualBox NAT’s gateway', 'zh-CN': '改用 VirtualBox NAT 的网关' },
              ...instead(route, `via ${right.address} dev ${quoteWhereNeeded(right.dev)}`),
              applies: 'at-once',
              trial: 'itself',
              warning: {
                en: 'DHCP or a network configuration set the other route: mend it there, or it comes back.',
                'zh-CN': '另一条路由来自 DHCP 或网络配置：请在源头修正，否则会再次出现。',
              },
            },
          ]
        : [],
      explains: cut.map((f) => f.id),
    });
    const link = interfaces.find((i) => i.name === dev);
    if (!link?.up || !nics.includes(link)) {
      // a tunnel may well be the way out: it is only to blame when nothing of it can be
      if (link?.up && !['bridge', 'dummy', 'veth'].includes(link.kind)) return [];
      return [
        {
          id: 'default-route-wrong-device',
          ...finding(
            {
              en: `The default route leads to ${dev}, where no way out is`,
              'zh-CN': `默认路由指向 ${dev}，那里没有出口`,
            },
            {
              en: `The VM sends everything for the internet to ${dev} (${link?.kind || 'interface'}${link?.up ? '' : ', down'}), behind which there is no gateway to the outside. Neither the VM nor a container gets out; Docker is not the cause.`,
              'zh-CN': `虚拟机把所有互联网流量发往 ${dev}（${link?.kind || '网络接口'}${link?.up ? '' : '，已关闭'}），其后没有通往外部的网关。虚拟机和容器都无法访问外部；与 Docker 无关。`,
            },
            [fromFact('interfaces', same(`${dev}: ${link ? `${link.kind} ${link.state}` : '-'}`))],
          ),
        },
      ];
    }
    const entry = neighbours.find((n) => n.address === gateway);
    const ping = scene.flows.find((f) => f.from.where === 'guest' && f.kind === 'gateway');
    const unheard = entry ? UNKNOWN.has(entry.state) : right !== undefined && right.address !== gateway;
    if (!gateway || !unheard || ping?.outcome === 'ok') return [];
    return [
      {
        id: 'default-gateway-silent',
        ...finding(
          {
            en: `The default gateway ${gateway} does not answer: there is nobody at that address`,
            'zh-CN': `默认网关 ${gateway} 没有应答：该地址上没有设备`,
          },
          {
            en: `The VM's default route goes via ${gateway} on ${dev}, and nobody answers for that address${right ? `; the gateway of VirtualBox's NAT is ${right.address}` : ''}. So neither the VM nor any container reaches the internet; Docker is not the cause.`,
            'zh-CN': `虚拟机的默认路由经 ${dev} 指向 ${gateway}，但该地址无人应答${right ? `；VirtualBox NAT 的网关是 ${right.address}` : ''}。因此虚拟机和所有容器都无法访问互联网；与 Docker 无关。`,
          },
          [
            fromFact('neighbours', same(`${gateway}: ${entry?.state ?? '-'}`)),
            ...(ping ? [fromFlow(ping)] : []),
          ],
        ),
      },
    ];
  },
});
