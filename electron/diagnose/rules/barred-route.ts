import { same } from '../../../shared/text.ts';
import { originKey } from '../../flow/script.ts';
import { isBarring, type PolicyRule, type Route } from '../../probe/routes.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { type Led, routeOf } from '../flow-route.ts';
import { barText, destinationOf, isOrdinary } from '../routing.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { man } from '../sources.ts';
import { askedInVain } from '../spread.ts';

interface Bar {
  route: Route;
  rule: PolicyRule | undefined;
  marks: Led['marks'] | undefined;
  flows: Scene['bad'][number][];
}

/**
 * A blackhole, unreachable or prohibit route stands on the way, in the main table or in one that a policy rule chooses; or
 * such a rule itself.
 */
export const barredRoute = defineRule({
  id: 'barred-route',
  needs: ['routes'],
  causes: {
    'route-barred': {
      sources: [man('ip-route(8)')],
    },
    'policy-route-barred': {
      sources: [man('ip-rule(8)'), man('ip-route(8)')],
    },
  },
  judge: ({ routes }, scene) => {
    const groups = new Map<string, Bar>();
    for (const flow of scene.bad) {
      const found = routeOf(flow, routes, scene);
      if (!found || !isBarring(found.route.type)) continue;
      const { route, rule, marks } = found;
      const key = `${route.type} ${route.dst} ${route.table || rule.text}`;
      const group: Bar = groups.get(key) ?? {
        route,
        rule: isOrdinary(route.table) ? undefined : rule,
        marks,
        flows: [],
      };
      group.flows.push(flow);
      groups.set(key, group);
    }
    return [...groups.values()].map((bar) => finding(withNames(bar, scene)));
  },
});

/** Where the way to a name server is barred, nothing can be asked for names, and what needs one fails, too. */
function withNames(bar: Bar, { bad }: Scene): Bar {
  const deaf = new Set(
    bar.flows.filter(({ to }) => to.what === 'dns-server').map(({ from }) => originKey(from)),
  );
  const vain = bad.filter((f) => askedInVain(f) && deaf.has(originKey(f.from)) && !bar.flows.includes(f));
  return { ...bar, flows: [...bar.flows, ...vain] };
}

function finding({ route, rule, marks, flows }: Bar): Finding {
  const text = barText(route);
  const itself = route.table === '' && rule !== undefined;
  return {
    id: rule ? 'policy-route-barred' : 'route-barred',
    layer: 'route',
    insteadOf: ['dns-udp-blocked', 'dns-tcp-blocked', 'resolver-dead', 'nat-dns-dead', 'container-dns-wrong'],
    ...(itself ? barredByRule(rule) : rule ? barredInTable(route, rule) : barredByRoute(route)),
    grade: 'inferred',
    owner: 'administrator',
    evidence: [
      ...(itself ? [] : [fromFact('routes', same(text))]),
      ...(rule ? [fromFact('routes', same(`ip rule: ${rule.text}`))] : []),
      ...(marks ? [fromFact('ruleset', same(marks.text))] : []),
      ...someFlows(flows),
    ],
    fixes: rule
      ? [
          {
            title: { en: 'Delete the policy rule', 'zh-CN': '删除该策略规则' },
            commands: [`ip rule del ${rule.text} priority ${rule.priority}`],
            undo: [`ip rule add ${rule.text} priority ${rule.priority}`],
            applies: 'at-once',
            trial: 'itself',
          },
        ]
      : [
          {
            title: { en: 'Delete the route', 'zh-CN': '删除该路由' },
            commands: [`ip route del ${text}`],
            undo: [`ip route add ${text}`],
            applies: 'at-once',
            trial: 'itself',
          },
        ],
    explains: flows.map((f) => f.id),
  };
}

type Said = Pick<Finding, 'title' | 'says'>;

function barredByRule({ text, priority }: PolicyRule): Said {
  return {
    title: {
      en: `A policy rule bars this traffic: “${text}”`,
      'zh-CN': `一条策略路由规则阻断了该流量：“${text}”`,
    },
    says: {
      en: `The ip rule “${text}” (priority ${priority}) refuses a way to all that it fits, before any routing table is asked; packets of these flows end there. Such rules are set by VPNs' kill switches, or by hand.`,
      'zh-CN': `ip rule“${text}”（优先级 ${priority}）在查询任何路由表之前就拒绝了与之匹配的流量；这些流量的数据包止于此。这类规则通常由 VPN 的断网保护或手工设置。`,
    },
  };
}

function barredInTable(route: Route, rule: PolicyRule): Said {
  const text = barText(route);
  const inTable = `${route.type} ${destinationOf(route)}`;
  return {
    title: {
      en: `A policy rule sends this traffic to table ${route.table}, where the route is “${inTable}”`,
      'zh-CN': `一条策略路由把该流量引向表 ${route.table}，其中的路由为“${inTable}”`,
    },
    says: {
      en: `The ip rule “${rule.text}” makes the kernel look up table ${route.table}, whose route “${text}” bars the way. The main table is never asked.`,
      'zh-CN': `ip rule“${rule.text}”让内核查询表 ${route.table}，其中的路由“${text}”阻断了去路，main 表不会被查询。`,
    },
  };
}

function barredByRoute(route: Route): Said {
  const text = barText(route);
  const dst = destinationOf(route);
  return {
    title: {
      en: `A ${route.type} route swallows ${dst}`,
      'zh-CN': `一条 ${route.type} 路由吞掉了 ${dst}`,
    },
    says: {
      en: `The guest's routing table has “${text}”, which is more special than the default route, so packets to ${dst} end there.`,
      'zh-CN': `虚拟机的路由表中有“${text}”，它比默认路由更具体，因此发往 ${dst} 的数据包止于此。`,
    },
  };
}
