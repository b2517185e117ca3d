import { same } from '../../../shared/text.ts';
import { namespaceOf } from '../../probe/containers.ts';
import { isBarring } from '../../probe/routes.ts';
import { addressOf } from '../address-of.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { barText, lookUp } from '../routing.ts';
import { defineRule, type Finding } from '../rule.ts';
import { startsIn, touching } from '../select.ts';
import { DOCKER_BRIDGE, man } from '../sources.ts';

const ANY = '0.0.0.0/0';

/** What bars the way, as `ip` has it, and what takes it away and puts it back: a route, or a rule that asks no table. */
function inWords({ route, rule }: NonNullable<ReturnType<typeof lookUp>>) {
  const isRule = route.table === '';
  const text = isRule ? rule.text : barText(route);
  const given = isRule ? `${text} priority ${rule.priority}` : text;
  const object = isRule ? 'rule' : 'route';
  const what = isRule ? { en: 'policy rule', 'zh-CN': '策略路由规则' } : { en: 'route', 'zh-CN': '路由' };
  return { what, text, remove: `ip ${object} del ${given}`, putBack: `ip ${object} add ${given}` };
}

/** A container's own routes: its default leads to somebody who is no gateway of its networks, or a route bars the way. */
export const containerRoutes = defineRule({
  id: 'container-routes',
  needs: ['docker', 'containers'],
  causes: {
    'container-wrong-gateway': { sources: [DOCKER_BRIDGE, man('ip-route(8)')] },
    'container-route-barred': { sources: [man('ip-route(8)'), man('ip-rule(8)')] },
  },
  judge: ({ docker, containers }, scene) =>
    docker.containers.flatMap((container): Finding[] => {
      const { name } = container;
      const inside = namespaceOf(containers, container.id);
      if (!inside) return [];
      const enter = `nsenter -t ${inside.pid} -n`;
      const common = {
        layer: 'container' as const,
        grade: 'inferred' as const,
        owner: 'administrator' as const,
      };
      const barred = scene.bad.flatMap((flow) => {
        const destination = addressOf(flow);
        if (!destination || !startsIn(name, flow.from)) return [];
        const bar = lookUp(inside, { source: undefined, destination, iif: 'lo' });
        return bar && isBarring(bar.route.type) ? [{ flow, bar }] : [];
      });
      const [first] = barred;
      if (first) {
        const flows = barred.map(({ flow }) => flow);
        const { what, text, remove, putBack } = inWords(first.bar);
        return [
          {
            id: 'container-route-barred',
            ...common,
            insteadOf: ['container-dns-wrong', 'container-no-default-route'],
            title: {
              en: `${name} has a ${what.en} of its own that bars the way: ${text}`,
              'zh-CN': `${name} 自己的${what['zh-CN']}阻断了去路：${text}`,
            },
            says: {
              en: `Inside ${name}, in its own network namespace, the ${what.en} “${text}” ends what it sends there; none of it gets out to the VM. Something in the container, or somebody with nsenter, set it.`,
              'zh-CN': `在 ${name} 自己的网络命名空间内，${what['zh-CN']}“${text}”截断了发往那里的流量，数据包根本到不了虚拟机。它由容器内的程序或有人用 nsenter 设置。`,
            },
            evidence: [fromFact('containers', same(`${name}: ${text}`)), ...someFlows(flows)],
            fixes: [
              {
                title: { en: `Delete the ${what.en}`, 'zh-CN': `删除该${what['zh-CN']}` },
                commands: [`${enter} ${remove}`],
                undo: [`${enter} ${putBack}`],
                applies: 'at-once',
                trial: 'itself',
              },
            ],
            explains: flows.map((f) => f.id),
          },
        ];
      }
      const route = inside.routes.find(
        (r) => r.family === 4 && r.table === 'main' && r.dst === ANY && r.type === 'unicast',
      );
      const gateways = container.attachments.flatMap((a) => (a.gateway ? [a.gateway] : []));
      const mine = touching(name, scene);
      const [gateway] = gateways;
      if (!route?.gateway || !gateway || gateways.includes(route.gateway) || mine.length === 0) return [];
      // a container may have another one as its router, and that is fine while it works
      if (
        scene.flows.some(
          (f) => startsIn(name, f.from) && f.kind.startsWith('internet-ip') && f.outcome === 'ok',
        )
      )
        return [];
      return [
        {
          id: 'container-wrong-gateway',
          ...common,
          insteadOf: ['container-dns-wrong', 'masquerade-missing', 'netfilter-drop'],
          title: {
            en: `${name}'s default route goes to ${route.gateway}, not to its network's gateway ${gateway}`,
            'zh-CN': `${name} 的默认路由指向 ${route.gateway}，而不是其网络的网关 ${gateway}`,
          },
          says: {
            en: `Docker gave ${name} the gateway ${gateway}; inside, the default route now goes via ${route.gateway}, which forwards nothing. So it reaches only its own network, and answers to others do not come back.`,
            'zh-CN': `Docker 为 ${name} 设置的网关是 ${gateway}；而容器内的默认路由现在经由 ${route.gateway}，它不转发任何流量。因此该容器只能访问自己的网络，对外部的应答也无法返回。`,
          },
          evidence: [
            fromFact('containers', same(`${name}: default via ${route.gateway} dev ${route.dev ?? '-'}`)),
            fromFact('docker', same(`${name}: gateway ${gateway}`)),
            ...someFlows(mine),
          ],
          fixes: [
            {
              title: { en: 'Put Docker’s route back', 'zh-CN': '恢复 Docker 设置的路由' },
              commands: [`${enter} ip route replace default via ${gateway}`],
              undo: [`${enter} ip route replace default via ${route.gateway}`],
              applies: 'at-once',
              trial: 'itself',
            },
          ],
          explains: mine.map((f) => f.id),
        },
      ];
    }),
});
