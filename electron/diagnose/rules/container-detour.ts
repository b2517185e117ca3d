import { same } from '../../../shared/text.ts';
import { namespaceOf } from '../../probe/containers.ts';
import type { Route } from '../../probe/routes.ts';
import { addressOf } from '../address-of.ts';
import { deleteRoutes } from '../delete-routes.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { destinationOf, lookUp, routeText, TUNNELS, wayText } from '../routing.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { isOutwards, startsIn, unseenDeaths } from '../select.ts';
import { man } from '../sources.ts';

/** A container's own routes lead what fails into a device that is none of Docker's: a VPN in it that does not deliver. */
export const containerDetour = defineRule({
  id: 'container-detour',
  needs: ['docker', 'containers'],
  causes: {
    'container-route-captures': { sources: [man('ip-route(8)'), man('wg-quick(8)')] },
  },
  judge: ({ docker, containers }, scene) => {
    const unseen = unseenDeaths(scene);
    return docker.containers.flatMap(({ name, id, attachments }): Finding[] => {
      const inside = namespaceOf(containers, id);
      if (!inside) return [];
      const addresses = attachments.flatMap(({ ip }) => ip ?? []);
      const ofDocker = new Set(
        inside.interfaces
          .filter((link) => link.addresses.some(({ address }) => addresses.includes(address)))
          .map((link) => link.name),
      );
      const detour = (flow: Scene['flows'][number]): Route | undefined => {
        const destination = addressOf(flow);
        const found =
          destination !== undefined && startsIn(name, flow.from) && isOutwards(flow)
            ? lookUp(inside, { source: undefined, destination, iif: 'lo' })?.route
            : undefined;
        return found?.type === 'unicast' && found.dev !== null && !ofDocker.has(found.dev)
          ? found
          : undefined;
      };
      const lost = unseen.filter((flow) => detour(flow) !== undefined);
      const route = lost[0] && detour(lost[0]);
      const delivers = scene.flows.some((f) => f.outcome === 'ok' && detour(f)?.dev === route?.dev);
      // without an address of Docker's nothing tells which device is its own
      if (route === undefined || delivers || ofDocker.size === 0) return [];
      // VPNs set two halves, or a list: what goes the same way goes with it, save the route of the device's own address
      const routes = inside.routes.filter(
        (r) =>
          r.family === 4 &&
          r.type === 'unicast' &&
          r.protocol !== 'kernel' &&
          r.dev === route.dev &&
          r.gateway === route.gateway &&
          r.table === route.table,
      );
      const text = routes.map(routeText).join(', ');
      const kind = inside.interfaces.find((link) => link.name === route.dev)?.kind ?? '';
      const tunnel = TUNNELS.has(kind);
      const enter = `nsenter -t ${inside.pid} -n `;
      return [
        {
          id: 'container-route-captures',
          layer: 'container',
          insteadOf: [
            'container-dns-wrong',
            'container-wrong-gateway',
            'masquerade-missing',
            'nothing-answers-there',
          ],
          title: {
            en: `${name} has a route of its own that leads its traffic away: ${text}`,
            'zh-CN': `${name} 自己的路由把流量引向了别处：${text}`,
          },
          says: {
            en: `Inside ${name}, in its own network namespace, ${destinations(routes)} ${routes.length === 1 ? 'goes' : 'go'} ${wayText(route)}, which is none of Docker's interfaces${tunnel ? ` but a tunnel (${kind})` : ''}; nothing that goes that way is answered, and none of it gets out to the VM. A VPN in the container set it, and does not deliver now.`,
            'zh-CN': `在 ${name} 自己的网络命名空间内，发往 ${destinations(routes)} 的流量走 ${wayText(route)}，它不是 Docker 的接口${tunnel ? `，而是隧道（${kind}）` : ''}；走这条路的流量得不到应答，也到不了虚拟机。它由容器内的 VPN 设置，而该 VPN 现在没有送达。`,
          },
          grade: 'inferred',
          owner: 'administrator',
          evidence: [
            ...routes.slice(0, 3).map((r) => fromFact('containers', same(`${name}: ${routeText(r)}`))),
            ...someFlows(lost),
          ],
          fixes: [
            deleteRoutes(
              routes,
              {
                en: 'Its traffic goes past the VPN then, in the clear. Whatever set the route sets it again: look at the VPN’s own log first (docker logs).',
                'zh-CN':
                  '此后其流量将绕过 VPN，以明文传输。设置该路由的程序会再次设置：请先查看该 VPN 自己的日志（docker logs）。',
              },
              enter,
            ),
          ],
          explains: lost.map((f) => f.id),
        },
      ];
    });
  },
});

const destinations = (routes: readonly Route[]) => routes.map(destinationOf).join(', ');
