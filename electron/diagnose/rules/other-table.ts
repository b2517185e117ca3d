import type { FlowResult } from '../../../shared/flow.ts';
import { same } from '../../../shared/text.ts';
import { controlOf } from '../../flow/telling.ts';
import { defaultRoute } from '../../probe/routes.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { type Led, routeOf } from '../flow-route.ts';
import { bridgeOf } from '../paths.ts';
import { isOrdinary } from '../routing.ts';
import { defineRule, type Finding } from '../rule.ts';
import { swallowed } from '../select.ts';
import { man, thread } from '../sources.ts';

/** A policy rule leads a container's traffic out another way than the VM's own, which works; this one does not. */
export const otherTable = defineRule({
  id: 'other-table',
  needs: ['routes', 'interfaces'],
  causes: {
    'policy-route-elsewhere': {
      sources: [
        man('ip-rule(8)'),
        thread(
          'newsnowlabs/docker-ingress-routing-daemon#4',
          'Daemon is not working on Google Cloud Platform VM',
        ),
      ],
    },
  },
  judge: ({ routes, interfaces }, scene) => {
    const leads = (flow: FlowResult) =>
      bridgeOf(flow, scene) === undefined ? undefined : routeOf(flow, routes, scene);
    const groups = new Map<string, Led & { flows: FlowResult[] }>();
    for (const flow of swallowed(scene, interfaces, (f) => leads(f)?.route.dev)) {
      if (controlOf(flow, scene.flows)?.outcome !== 'ok') continue;
      const found = leads(flow);
      if (!found || isOrdinary(found.route.table) || found.route.type !== 'unicast') continue;
      const key = found.rule.text;
      const group = groups.get(key) ?? { ...found, flows: [] };
      group.flows.push(flow);
      groups.set(key, group);
    }
    const own = defaultRoute(routes);
    return [...groups.values()]
      .filter(({ route }) => route.gateway !== own?.gateway || route.dev !== own?.dev)
      .map(({ rule, route, marks, flows }): Finding => {
        const way = `${route.gateway ? `via ${route.gateway} ` : ''}dev ${route.dev ?? '-'}`;
        const table = route.table;
        return {
          id: 'policy-route-elsewhere',
          layer: 'route',
          insteadOf: ['masquerade-missing'],
          title: {
            en: `A policy rule sends this traffic out another way: table ${table}, ${way}`,
            'zh-CN': `一条策略路由让该流量走另一条路：表 ${table}，${way}`,
          },
          says: {
            en: `The ip rule “${rule.text}” makes the kernel look up table ${table}, whose route leads ${way}; the VM's own traffic goes by the main table${own ? ` (dev ${own.dev})` : ''} and arrives. What goes the other way gets no answer.`,
            'zh-CN': `ip rule“${rule.text}”让内核查询表 ${table}，其路由为 ${way}；虚拟机自身的流量走 main 表${own ? `（dev ${own.dev}）` : ''}并能到达。走另一条路的流量得不到应答。`,
          },
          grade: 'inferred',
          owner: 'administrator',
          evidence: [
            fromFact('routes', same(`ip rule: ${rule.text}`)),
            ...(marks ? [fromFact('ruleset', same(marks.text))] : []),
            fromFact('routes', same(`table ${table}: ${route.dst} ${way}`)),
            ...someFlows(flows),
          ],
          fixes: [
            {
              title: { en: 'Delete the policy rule', 'zh-CN': '删除该策略规则' },
              commands: [`ip rule del ${rule.text} priority ${rule.priority}`],
              undo: [`ip rule add ${rule.text} priority ${rule.priority}`],
              applies: 'at-once',
              trial: 'itself',
            },
          ],
          explains: flows.map((f) => f.id),
        };
      });
  },
});
