import type { FlowResult } from '../../../shared/flow.ts';
import { same } from '../../../shared/text.ts';
import type { IpsecPolicy } from '../../probe/ipsec.ts';
import { endsOf } from '../../trace/ends.ts';
import { covers } from '../covers.ts';
import { fromFact, fromJourney, someFlows } from '../evidence.ts';
import { SEEN_AS } from '../link-trouble.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { unseenDeaths } from '../select.ts';
import { man } from '../sources.ts';

/** The kernel's word for it; Linux before 5.17 has none. */
const REASON = 'XFRM_POLICY';
const WORDS = /\b(proto|sport|dport) (\S+)/g;

/** An IPsec policy blocks the traffic, or wants it in a tunnel that is not there; no firewall shows either. */
export const ipsecPolicy = defineRule({
  id: 'ipsec-policy',
  needs: ['ipsec'],
  causes: {
    'ipsec-policy-blocks': { sources: [man('ip-xfrm(8)')] },
    'ipsec-tunnel-missing': {
      sources: [man('ip-xfrm(8)')],
      holds: 'Linux 5.17 and later, which names its reasons',
    },
  },
  judge: ({ ipsec }, scene) => {
    const unseen = unseenDeaths(scene);
    const groups = new Map<IpsecPolicy, { flows: FlowResult[]; traced: boolean }>();
    for (const flow of scene.bad) {
      const said = scene.journeys.some((j) => j.flowId === flow.id && j.drop?.reason === REASON);
      if (!said && !unseen.includes(flow)) continue;
      // a tunnel takes packets lawfully: only the kernel knows that it is not there
      const policy = decisive(flow, ipsec, scene).find(({ action }) => action === 'block' || said);
      if (!policy) continue;
      const group = groups.get(policy) ?? { flows: [], traced: false };
      groups.set(policy, { flows: [...group.flows, flow], traced: group.traced || said });
    }
    return [...groups].map(([policy, group]) => finding(policy, group, scene));
  },
});

/** The policies that decide about a flow's packets there and back: of each direction the first that fits, if it does not let them pass. */
function decisive(flow: FlowResult, ipsec: readonly IpsecPolicy[], scene: Scene): IpsecPolicy[] {
  const { sources, destinations } = endsOf(flow, scene.world, flow);
  const { behind } = flow.to;
  const there = behind ? [...destinations, behind.host] : destinations;
  const fits = ({ src, dst, more }: IpsecPolicy, from: string[], to: string[], answers: boolean) =>
    from.some((one) => covers(src, one)) &&
    to.some((one) => covers(dst, one)) &&
    fitsMore(more, flow, answers);
  const byPriority = [...ipsec].sort((a, b) => a.priority - b.priority);
  return (['fwd', 'out', 'in'] as const).flatMap((dir) => {
    const some = byPriority.filter((policy) => policy.dir === dir);
    const first = [
      some.find((p) => fits(p, sources, there, false)),
      some.find((p) => fits(p, there, sources, true)),
    ];
    return first.filter((p): p is IpsecPolicy => p?.action === 'block' || (p?.templates.length ?? 0) > 0);
  });
}

/** Does what else a policy asks for fit the flow? What is not known here does not. */
function fitsMore(more: string, { to }: FlowResult, answers: boolean): boolean {
  const { proto, sport, dport } = Object.fromEntries(
    [...more.matchAll(WORDS)].map(([, name, value]) => [name, value]),
  );
  if (more.replace(WORDS, '').trim() !== '') return false;
  const port = answers ? sport : dport;
  return (
    (answers ? dport : sport) === undefined &&
    [undefined, to.proto].includes(proto) &&
    [undefined, `${to.port}`].includes(port)
  );
}

function finding(
  policy: IpsecPolicy,
  group: { flows: FlowResult[]; traced: boolean },
  scene: Scene,
): Finding {
  const { src, dst, more, dir, action, priority, templates } = policy;
  const what = ['src', src, 'dst', dst, more, 'dir', dir].filter((word) => word !== '').join(' ');
  const blocks = action === 'block';
  const journeys = scene.journeys.filter(
    (j) => j.drop?.reason === REASON && group.flows.some(({ id }) => id === j.flowId),
  );
  const tunnel = templates[0] ?? '';
  return {
    id: blocks ? 'ipsec-policy-blocks' : 'ipsec-tunnel-missing',
    layer: 'kernel',
    insteadOf: SEEN_AS,
    title: blocks
      ? {
          en: `An IPsec policy blocks this traffic: ${what} action block`,
          'zh-CN': `一条 IPsec 策略阻止了该流量：${what} action block`,
        }
      : {
          en: `An IPsec policy wants this traffic in a tunnel that is not up: ${what}`,
          'zh-CN': `一条 IPsec 策略要求该流量进入未建立的隧道：${what}`,
        },
    says: blocks
      ? {
          en: `The kernel has the IPsec (xfrm) policy “${what} action block priority ${priority}”: it throws away what goes between these addresses, before any firewall's last word and without a trace in its rules. Somebody set it with ip xfrm, or a VPN program did, as a kill switch.`,
          'zh-CN': `内核中有 IPsec（xfrm）策略“${what} action block priority ${priority}”：它丢弃这些地址之间的数据包，防火墙规则中看不到任何痕迹。可能是有人用 ip xfrm 设置的，或由 VPN 程序作为断网保护（kill switch）设置。`,
        }
      : {
          en: `The IPsec (xfrm) policy “${what}” sends what goes between these addresses through the tunnel ${tunnel}, and the kernel has no such tunnel (no security association) for it, so it throws the packets away. A VPN is not connected, or its networks overlap with those of Docker.`,
          'zh-CN': `IPsec（xfrm）策略“${what}”要求这些地址之间的数据包经隧道 ${tunnel} 发送，而内核中没有对应的隧道（安全关联），因此将其丢弃。VPN 未连接，或其网段与 Docker 的网段重叠。`,
        },
    grade: group.traced ? 'traced' : 'inferred',
    owner: 'administrator',
    evidence: [
      fromFact('ipsec', same(`${what}${blocks ? ' action block' : ` tmpl ${tunnel}`} priority ${priority}`)),
      ...journeys.slice(0, 2).map((j) => fromJourney(j, same(REASON))),
      ...someFlows(group.flows),
    ],
    fixes: [
      blocks
        ? {
            title: { en: 'Delete the policy', 'zh-CN': '删除该策略' },
            commands: [`ip xfrm policy delete ${what}`],
            undo: [`ip xfrm policy add ${what} action block priority ${priority}`],
            applies: 'at-once',
            trial: 'itself',
            warning: {
              en: 'Where a VPN program set it, it comes back with the next connection: change it there.',
              'zh-CN': '如果是 VPN 程序设置的，下次连接时会再次出现：请在该程序中修改。',
            },
          }
        : {
            title: { en: 'See which tunnels are up', 'zh-CN': '查看已建立的隧道' },
            commands: ['ip xfrm state', 'ip xfrm policy'],
            undo: [],
            applies: 'told',
            warning: {
              en: 'Connect the VPN, or take Docker’s networks out of what it tunnels.',
              'zh-CN': '连接 VPN，或将 Docker 的网段排除在隧道之外。',
            },
          },
    ],
    explains: group.flows.map(({ id }) => id),
  };
}
