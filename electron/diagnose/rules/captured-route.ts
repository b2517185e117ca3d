import { same } from '../../../shared/text.ts';
import type { Interface } from '../../probe/interfaces.ts';
import { defaultRoute, type PolicyRule, type Route } from '../../probe/routes.ts';
import { covers } from '../covers.ts';
import { deleteRoutes } from '../delete-routes.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { routeOf } from '../flow-route.ts';
import { destinationOf, isOrdinary, routeText, TUNNELS, wayText } from '../routing.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { guestFails, isOutwards, swallowed } from '../select.ts';
import { man, thread } from '../sources.ts';

/** A way that some route takes instead of the default one. */
interface Way {
  routes: Route[];
  rule: PolicyRule | undefined;
  flows: Scene['bad'][number][];
}

/**
 * A route that is more special than the default one, or stands in a table that is asked first, leads what fails elsewhere:
 * into a tunnel, to another gateway, or to the VM itself.
 */
export const capturedRoute = defineRule({
  id: 'captured-route',
  needs: ['routes', 'interfaces', 'docker'],
  causes: {
    'route-captures': {
      sources: [
        man('ip-route(8)'),
        man('wg-quick(8)'),
        thread('docker/for-linux#288', 'Routing in container not working properly'),
      ],
    },
    'address-is-our-own': { sources: [man('ip-address(8)'), man('ip-route(8)')] },
  },
  judge: ({ routes, interfaces, docker }, scene) => {
    const own = defaultRoute(routes);
    const bridges = new Set(docker.networks.flatMap((n) => n.bridge ?? []));
    const ways = new Map<string, Way>();
    const leads = (flow: Scene['bad'][number]) => routeOf(flow, routes, scene);
    for (const flow of swallowed(scene, interfaces, (f) => leads(f)?.route.dev).filter(isOutwards)) {
      const found = leads(flow);
      if (!found || !isDetour(found.route)) continue;
      // for containers alone the rule that chose the table is at fault, and `other-table` says so
      if (!isOrdinary(found.route.table) && !guestFails('internet-ip', scene)) continue;
      const { type, gateway, dev, table } = found.route;
      const key = type === 'local' ? `local ${found.route.dst}` : `${gateway} ${dev} ${table}`;
      const way: Way = ways.get(key) ?? {
        routes: [],
        rule: isOrdinary(table) ? undefined : found.rule,
        flows: [],
      };
      if (!way.routes.some((r) => r.dst === found.route.dst)) way.routes.push(found.route);
      way.flows.push(flow);
      ways.set(key, way);
    }
    const working = scene.flows.filter((f) => f.outcome === 'ok' && isOutwards(f));
    return [...ways.values()]
      .filter(({ routes: [route] }) => !working.some((f) => leads(f)?.route === route))
      .map((way) => finding(way, own, interfaces));

    /** An address that the VM has to have: on a bridge of Docker's, or in the network that its default route leads by. */
    function isKnown({ dst, dev }: Route): boolean {
      const [address = ''] = dst.split('/');
      const link = interfaces.find((i) => i.name === dev);
      const mine = link?.addresses.filter((a) => a.address === address) ?? [];
      const gateway = own?.dev === dev ? own?.gateway : undefined;
      return (
        (dev !== null && bridges.has(dev)) ||
        mine.some((a) => gateway && covers(`${address}/${a.prefix}`, gateway))
      );
    }

    /** Not the default way, not a network that the VM is on itself, and not Docker's. */
    function isDetour(route: Route): boolean {
      if (route.type === 'local') return !route.dst.startsWith('127.') && !isKnown(route);
      if (route.type !== 'unicast' || route === own || (route.dev !== null && bridges.has(route.dev)))
        return false;
      if (route.gateway === own?.gateway && route.dev === own?.dev) return false;
      const link = interfaces.find((i) => i.name === route.dev);
      const own4 = link?.addresses.filter((a) => a.family === 4).map((a) => `${a.address}/${a.prefix}`) ?? [];
      // DHCP servers give routes to neighbours as well
      if (route.gateway === null && own4.some((net) => covers(net, route.dst.split('/')[0] ?? '')))
        return false;
      return !own4.some((net) => sameNet(net, route.dst));
    }
  },
});

/** Is this the route that comes with an address? */
function sameNet(address: string, dst: string): boolean {
  const [net = '', bits] = dst.split('/');
  return address.split('/')[1] === bits && covers(address, net);
}

function finding(
  { routes, rule, flows }: Way,
  own: Route | undefined,
  interfaces: readonly Interface[],
): Finding {
  const [route] = routes as [Route];
  const dsts = routes.map(destinationOf).join(', ');
  const common = {
    layer: 'route' as const,
    grade: 'inferred' as const,
    owner: 'administrator' as const,
    insteadOf: [
      'machine-offline',
      'masquerade-missing',
      'nat-dns-dead',
      'resolver-dead',
      'container-dns-wrong',
      'embedded-dns-upstream-dead',
      'default-gateway-silent',
      'nothing-answers-there',
    ],
    explains: flows.map((f) => f.id),
  };
  if (route.type === 'local')
    return {
      id: 'address-is-our-own',
      ...common,
      title: {
        en: `The VM has the address ${route.dst} itself (on ${route.dev ?? '-'}), so nothing for it gets out`,
        'zh-CN': `虚拟机自己拥有地址 ${route.dst}（在 ${route.dev ?? '-'} 上），发往它的流量不会离开虚拟机`,
      },
      says: {
        en: `Somebody gave the VM the address ${route.dst} on ${route.dev ?? '-'}. What is sent there, by the VM or its containers, ends in the VM, and the real owner of that address can't be reached.`,
        'zh-CN': `有人在 ${route.dev ?? '-'} 上为虚拟机设置了地址 ${route.dst}。虚拟机及其容器发往该地址的流量都止于虚拟机自身，无法到达真正拥有它的主机。`,
      },
      evidence: [fromFact('routes', same(`local ${route.dst} dev ${route.dev ?? '-'}`)), ...someFlows(flows)],
      fixes: [
        {
          title: { en: 'Take the address away', 'zh-CN': '移除该地址' },
          commands: [`ip address del ${route.dst} dev ${route.dev ?? ''}`],
          undo: [`ip address add ${route.dst} dev ${route.dev ?? ''}`],
          applies: 'told',
        },
      ],
    };
  const way = wayText(route);
  const table = isOrdinary(route.table) ? '' : ` table ${route.table}`;
  const kind = interfaces.find((i) => i.name === route.dev)?.kind ?? '';
  const vpn = TUNNELS.has(kind)
    ? {
        en: ` ${route.dev} is a tunnel (${kind}): a VPN in the VM took the way out and does not deliver.`,
        'zh-CN': `${route.dev} 是隧道（${kind}）：虚拟机中的 VPN 接管了出口，却没有送达。`,
      }
    : { en: '', 'zh-CN': '' };
  return {
    id: 'route-captures',
    ...common,
    title: {
      en: `The route ${dsts} ${way}${table} takes this traffic away from the default route`,
      'zh-CN': `路由 ${dsts} ${way}${table} 使该流量不走默认路由`,
    },
    says: {
      en: `The VM has the route ${dsts} ${way}${table}${rule ? `, which the ip rule “${rule.text}” asks first` : ''}; it is taken before the default route${own ? ` (${wayText(own)})` : ''}. Whatever goes that way gets no answer, from the VM as well as from containers.${vpn.en} Docker is not the cause.`,
      'zh-CN': `虚拟机有路由 ${dsts} ${way}${table}${rule ? `（由 ip rule“${rule.text}”优先查询）` : ''}，它优先于默认路由${own ? `（${wayText(own)}）` : ''}。走这条路的流量，无论来自虚拟机还是容器，都得不到应答。${vpn['zh-CN']}与 Docker 无关。`,
    },
    evidence: [
      ...routes.slice(0, 3).map((r) => fromFact('routes', same(routeText(r)))),
      ...(own ? [fromFact('routes', same(`default ${wayText(own)}`))] : []),
      ...someFlows(flows),
    ],
    fixes: [
      deleteRoutes(routes, {
        en: 'Whatever set it, a VPN or a network service, sets it again: switch it off there.',
        'zh-CN': '设置它的程序（VPN 或网络服务）会再次设置：请在那里关闭。',
      }),
    ],
  };
}
