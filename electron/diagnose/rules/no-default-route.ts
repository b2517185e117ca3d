import { same } from '../../../shared/text.ts';
import { namespaceOf } from '../../probe/containers.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { defineRule, type Finding } from '../rule.ts';
import { touching } from '../select.ts';
import { DOCKER_BRIDGE, man, VIRTUALBOX_NAT } from '../sources.ts';

const ANY = '0.0.0.0/0';

/** No default route: in the guest, then nobody gets out; in a container, then only that one does not. */
export const noDefaultRoute = defineRule({
  id: 'no-default-route',
  needs: ['routes', 'docker', 'containers'],
  causes: {
    'guest-no-default-route': {
      sources: [VIRTUALBOX_NAT, man('ip-route(8)')],
    },
    'container-no-default-route': {
      sources: [man('ip-route(8)'), DOCKER_BRIDGE],
    },
  },
  judge: ({ routes, docker, containers }, scene) => {
    const findings: Finding[] = [];
    const outwards = scene.bad.filter((f) => f.kind.startsWith('internet-') || f.to.what === 'dns-server');
    const has = routes.routes.some((r) => r.family === 4 && r.dst === ANY && r.type === 'unicast');
    if (!has && outwards.length > 0) {
      findings.push({
        id: 'guest-no-default-route',
        layer: 'machine',
        title: { en: 'The VM has no default route', 'zh-CN': '虚拟机没有默认路由' },
        says: {
          en: 'The VM itself has no default route, so neither it nor any container reaches the internet. With VirtualBox NAT the route comes from DHCP: the lease is missing, or somebody deleted the route. Docker is not the cause.',
          'zh-CN':
            '虚拟机自身没有默认路由，因此它和所有容器都无法访问互联网。在 VirtualBox NAT 中该路由由 DHCP 提供：可能没有获得租约，或路由被删除。与 Docker 无关。',
        },
        grade: 'inferred',
        owner: 'administrator',
        evidence: [
          fromFact('routes', { en: 'no default route in any table', 'zh-CN': '任何路由表中都没有默认路由' }),
          ...someFlows(outwards),
        ],
        fixes: [
          {
            title: { en: "Set VirtualBox NAT's gateway", 'zh-CN': '设置 VirtualBox NAT 的网关' },
            commands: ['ip route add default via 10.0.2.2'],
            undo: ['ip route del default via 10.0.2.2'],
            applies: 'at-once',
            trial: 'itself',
            warning: {
              en: 'Better ask DHCP again: networkctl renew, dhclient or nmcli, whichever manages the interface.',
              'zh-CN':
                '更好的做法是重新获取 DHCP：根据管理该接口的程序使用 networkctl renew、dhclient 或 nmcli。',
            },
          },
        ],
        explains: outwards.map((f) => f.id),
      });
    }
    for (const container of docker.containers) {
      const inside = namespaceOf(containers, container.id);
      const mine = touching(container.name, scene);
      // a container on internal networks only has no default route by design
      const open = docker.networks.some(
        (n) => !n.internal && container.attachments.some((a) => a.network === n.name),
      );
      if (!inside || !open || mine.length === 0) continue;
      if (inside.routes.some((r) => r.family === 4 && r.dst === ANY && r.type === 'unicast')) continue;
      const gateway = container.attachments.find((a) => a.gateway)?.gateway;
      const enter = `nsenter -t ${inside.pid} -n`;
      findings.push({
        id: 'container-no-default-route',
        layer: 'container',
        title: { en: `${container.name} has no default route`, 'zh-CN': `${container.name} 没有默认路由` },
        says: {
          en: `There is no default route inside ${container.name}, so it reaches only its own network, and answers to others do not come back either. Docker sets one to ${gateway ?? 'the gateway'} at start: something inside the container, or somebody, removed it.`,
          'zh-CN': `${container.name} 内部没有默认路由，因此只能访问自己的网络，对外部的应答也无法返回。Docker 启动时会设置到 ${gateway ?? '网关'} 的默认路由：它被容器内的程序或人为删除。`,
        },
        grade: 'inferred',
        owner: 'administrator',
        evidence: [
          fromFact(
            'containers',
            same(`${container.name}: ${inside.routes.map((r) => r.dst).join(', ') || '-'}`),
          ),
          ...someFlows(mine),
        ],
        fixes: gateway
          ? [
              {
                title: { en: 'Put the route back', 'zh-CN': '恢复该路由' },
                commands: [`${enter} ip route add default via ${gateway}`],
                undo: [`${enter} ip route del default via ${gateway}`],
                applies: 'at-once',
                trial: 'itself',
              },
            ]
          : [],
        explains: mine.map((f) => f.id),
      });
    }
    return findings;
  },
});
