import { same } from '../../../shared/text.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import type { Route } from '../../probe/routes.ts';
import { covers } from '../covers.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { bridgeOf, leavesItsBridge } from '../paths.ts';
import { lookUp } from '../routing.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_BRIDGE, man, thread } from '../sources.ts';

/** The VM does not know, or knows wrongly, by which device a network's containers are reached: answers get lost. */
export const wayBack = defineRule({
  id: 'way-back',
  needs: ['routes', 'interfaces', 'docker'],
  causes: {
    'bridge-route-missing': {
      sources: [
        thread('moby/moby#31477', 'bridge address / route lost on last container exit'),
        DOCKER_BRIDGE,
        man('ip-route(8)'),
      ],
    },
    'bridge-route-captured': { sources: [man('ip-route(8)'), man('ip-rule(8)'), DOCKER_BRIDGE] },
  },
  judge: ({ routes, interfaces, docker }, scene) =>
    docker.networks.flatMap((network): Finding[] => {
      const { bridge, name } = network;
      const link = interfaces.find((i) => i.name === bridge);
      const subnet = network.subnets.find((s) => s.gateway?.includes('.'));
      // without its address the bridge has no route either: another fault, and another rule
      if (!bridge || !link?.up || !subnet || !link.addresses.some((a) => a.address === subnet.gateway))
        return [];
      const ips = docker.containers.flatMap((c) =>
        c.state === 'running'
          ? c.attachments.flatMap((a) => (a.network === name && a.ip !== null ? [a.ip] : []))
          : [],
      );
      const lost = ips.flatMap((ip) => {
        const found = lookUp(routes, { source: undefined, destination: ip, iif: 'lo' });
        return found?.route.dev === bridge && found.route.type === 'unicast' ? [] : [{ ip, found }];
      });
      const [first] = lost;
      if (!first) return [];
      const cut = scene.bad.filter(
        (f) =>
          (bridgeOf(f, scene) === bridge && leavesItsBridge(f, scene)) ||
          (f.from.where === 'guest' && lost.some(({ ip }) => ip === (f.to.behind?.host ?? f.to.host))),
      );
      if (cut.length === 0) return [];
      const there = routes.routes.some(
        (r) => r.dev === bridge && r.table === 'main' && ips.every((ip) => covers(r.dst, ip)),
      );
      const route = first.found?.route;
      const taken = route ? `${route.type === 'unicast' ? '' : `${route.type} `}${text(route)}` : '-';
      const add = `ip route add ${subnet.subnet} dev ${quoteWhereNeeded(bridge)} proto kernel scope link src ${subnet.gateway}`;
      return [
        {
          id: there ? 'bridge-route-captured' : 'bridge-route-missing',
          layer: 'route',
          insteadOf: [
            'masquerade-missing',
            'netfilter-drop',
            'container-dns-wrong',
            'embedded-dns-upstream-dead',
            'reverse-path-filter',
            'forward-policy-drop',
            'port-not-translated',
            'kernel-drop',
          ],
          title: there
            ? {
                en: `A route of the VM leads what is for ${name}'s containers elsewhere: ${taken}`,
                'zh-CN': `虚拟机的一条路由把发往 ${name} 容器的流量引向别处：${taken}`,
              }
            : {
                en: `The VM's route to ${subnet.subnet} on ${bridge} is missing`,
                'zh-CN': `虚拟机缺少经 ${bridge} 到 ${subnet.subnet} 的路由`,
              },
          says: there
            ? {
                en: `For ${first.ip}, a container on ${name}, the VM takes the route “${taken}” and not ${subnet.subnet} on its bridge ${bridge}. Containers' packets get out, and the answers, as well as what the VM and the Mac send, go there and are lost.`,
                'zh-CN': `对于 ${name} 上的容器 ${first.ip}，虚拟机采用路由“${taken}”，而不是网桥 ${bridge} 上的 ${subnet.subnet}。容器的数据包能够发出，但应答以及虚拟机和 Mac 发来的流量都被引向那里而丢失。`,
              }
            : {
                en: `${bridge} has its address, but the route to ${subnet.subnet} that came with it is gone, so what is for ${name}'s containers goes by “${taken}”. Their packets get out, and no answer finds back. Somebody deleted the route, or a network service of the VM did.`,
                'zh-CN': `${bridge} 有自己的地址，但随之而来的到 ${subnet.subnet} 的路由已消失，因此发往 ${name} 容器的流量改走“${taken}”。容器的数据包能够发出，但应答无法返回。该路由被人或虚拟机的网络服务删除。`,
              },
          grade: 'inferred',
          owner: 'administrator',
          evidence: [
            fromFact('routes', {
              en: `the way to ${first.ip}: ${taken}`,
              'zh-CN': `到 ${first.ip} 的路由：${taken}`,
            }),
            fromFact('docker', same(`${name}: ${subnet.subnet} dev ${bridge}`)),
            ...someFlows(cut),
          ],
          fixes: there
            ? route && route.table === 'main'
              ? [
                  {
                    title: { en: 'Delete that route', 'zh-CN': '删除该路由' },
                    commands: [`ip route del ${taken}`],
                    undo: [`ip route add ${taken}`],
                    applies: 'at-once',
                    trial: 'itself',
                  },
                ]
              : []
            : [
                {
                  title: { en: 'Put the route back', 'zh-CN': '恢复该路由' },
                  commands: [add],
                  undo: [`ip route del ${subnet.subnet} dev ${quoteWhereNeeded(bridge)}`],
                  applies: 'at-once',
                  trial: 'itself',
                },
              ],
          explains: cut.map((f) => f.id),
        },
      ];
    }),
});

function text({ dst, gateway, dev }: Route): string {
  const way = [...(gateway ? [`via ${gateway}`] : []), ...(dev ? [`dev ${dev}`] : [])].join(' ');
  return `${dst === '0.0.0.0/0' ? 'default' : dst} ${way}`.trim();
}
