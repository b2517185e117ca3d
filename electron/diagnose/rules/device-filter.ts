import { same, type Text } from '../../../shared/text.ts';
import type { Journey } from '../../../shared/trace.ts';
import { quote } from '../../connect/quote.ts';
import type { DockerContainer } from '../../probe/lib/docker-model.ts';
import type { NftRule } from '../../probe/lib/nft-model.ts';
import type { TcFilter } from '../../probe/lib/tc-filter.ts';
import { defaultRoute } from '../../probe/routes.ts';
import { partsOf } from '../../trace/rule-parts.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { SEEN_AS } from '../link-trouble.ts';
import { deleteRule, putBack, withoutCounter } from '../nft-rule.ts';
import { addressOf, bridgeOf, leavesItsBridge } from '../paths.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { touching } from '../select.ts';
import { man, NFT } from '../sources.ts';
import { deleteFilter } from '../tc-filter.ts';
import { vethOf } from '../veth.ts';

/** Something at a device that throws packets away where no tracer of rules looks. */
interface Thrower {
  device: string;
  text: string;
  /** Does it take this flow's packets, or their answers, for all that is known? */
  takes(flow: Scene['bad'][number]): boolean;
  /** Whether it does can't be read from it: then the kernel's own word is wanted. */
  unsure: boolean;
  /** The probe that knows of it. */
  from: 'ruleset' | 'tc' | 'interfaces';
  fixes: Finding['fixes'];
}

const HOOKS = new Set(['ingress', 'egress']);
const WORDS = /^(TC_INGRESS|TC_EGRESS|NETFILTER_INGRESS|NETFILTER_EGRESS|NETFILTER_DROP|XDP)$/;
/** Where XDP runs in the driver, the kernel gives no reason, only the function (`veth_xdp_rcv_skb`, seen on 6.1). */
const XDP_FUNCTION = /_xdp_/;

/**
 * A filter that belongs to a device: nftables' netdev chains, XDP programs, and tc where packets leave. They act before and after all
 * that iptables knows; where packets come in by tc, `ingress-filter` has the kernel's word for it.
 */
export const deviceFilter = defineRule({
  id: 'device-filter',
  needs: ['ruleset', 'tc', 'interfaces', 'routes', 'docker', 'containers'],
  causes: { 'device-filter-drop': { sources: [NFT, man('tc(8)'), man('ip-link(8)')] } },
  judge: ({ ruleset, tc, interfaces, routes, docker, containers }, scene) => {
    const uplink = defaultRoute(routes)?.dev;
    const ports = docker.containers.flatMap((container) =>
      container.attachments.flatMap(({ network }) => {
        const port = vethOf(container, network, interfaces, containers)?.port?.name;
        return port === undefined ? [] : [{ container, port }];
      }),
    );
    const passes = (device: string, flow: Scene['bad'][number]) => {
      const owner = ports.find((p) => p.port === device)?.container;
      if (owner) return touching(owner.name, { ...scene, bad: [flow] }).length > 0;
      if (device === uplink) return flow.from.where === 'guest' || leavesItsBridge(flow, scene);
      return bridgeOf(flow, scene) === device;
    };
    const told = new Set(
      scene.journeys
        .filter(({ drop }) => WORDS.test(drop?.reason ?? '') || XDP_FUNCTION.test(drop?.function ?? ''))
        .map((j) => j.flowId),
    );
    const atRule = new Set(scene.journeys.flatMap((j) => (j.at ? [j.flowId] : [])));
    const chains = ruleset.chains.filter((c) => c.family === 'netdev' && HOOKS.has(c.base?.hook ?? ''));
    const throwers: Thrower[] = [
      ...chains.flatMap((chain) =>
        chain.rules
          .filter((rule) => rule.expr.some((e) => 'drop' in e))
          .flatMap((rule) =>
            (chain.base?.devices ?? []).map((device) => ({
              device,
              text: `table netdev ${chain.table}, chain ${chain.name} (${chain.base?.hook} on ${device}): ${withoutCounter(rule.text)}`,
              takes: (flow: Scene['bad'][number]) =>
                packets(flow, docker.containers, scene).some((packet) =>
                  partsOf(rule.expr, packet, ruleset, rule).every(({ holds }) => holds !== false),
                ),
              unsure: false,
              from: 'ruleset' as const,
              fixes: deletion(rule),
            })),
          ),
      ),
      ...tc.egress.filter((f) => f.actions.includes('drop')).map(byTc),
      ...interfaces.flatMap(({ name, xdp }) => (xdp === null ? [] : [byXdp(name, xdp)])),
    ];
    return throwers.flatMap((thrower): Finding[] => {
      const hit = scene.bad.filter((f) => !atRule.has(f.id) && passes(thrower.device, f) && thrower.takes(f));
      // what passes there and works shows that it takes others
      const fine = scene.flows.some(
        (f) => worked(f) && f.to.proto !== 'icmp' && passes(thrower.device, f) && thrower.takes(f),
      );
      const alone = scene.journeys.some(
        (j) => hit.some((f) => f.id === j.flowId) && isOnlySuspect(thrower, j),
      );
      const said = hit.some((f) => told.has(f.id)) || (alone && !fine);
      if (hit.length === 0 || (thrower.unsure && !said) || (fine && !said)) return [];
      return [finding(thrower, hit)];
    });
  },
});

/** Did packets go to and fro? On 127.0.0.1 docker-proxy takes a connection before it knows whether the container does. */
function worked({ outcome, kind, to }: Scene['bad'][number]): boolean {
  return outcome === 'ok' && !(kind === 'published-port' && to.host.startsWith('127.'));
}

/** Is this all that can have ended a packet which no place of the tracer saw? */
function isOnlySuspect({ device, text }: Thrower, { unseen }: Journey): boolean {
  if (!unseen || unseen.chains.length + unseen.inside.length > 0) return false;
  return unseen.filters.length > 0 && unseen.filters.every((f) => f.device === device && f.text === text);
}

function byTc(filter: TcFilter): Thrower {
  const { dev, kind, protocol, pref } = filter;
  return {
    device: dev,
    text: `tc filter egress dev ${dev} protocol ${protocol} pref ${pref} ${kind} action drop`,
    takes: () => protocol !== 'ipv6',
    unsure: kind !== 'matchall',
    from: 'tc',
    fixes: deleteFilter(filter, 'egress', { en: 'Delete the filter', 'zh-CN': '删除该过滤器' }),
  };
}

/** Nobody can read what a program does, nor put it back. */
function byXdp(device: string, id: number): Thrower {
  return {
    device,
    text: `XDP program ${id}`,
    takes: () => true,
    unsure: true,
    from: 'interfaces',
    fixes: [
      {
        title: { en: 'Take the program off the device', 'zh-CN': '从该设备卸下此程序' },
        commands: [
          `ip link set dev ${quote(device)} xdp off; ip link set dev ${quote(device)} xdpgeneric off`,
        ],
        undo: [],
        applies: 'told',
        warning: {
          en: 'Whoever loaded it has to load it again; “bpftool prog show” tells its name.',
          'zh-CN': '卸下后只能由加载者重新加载；“bpftool prog show” 会显示其名称。',
        },
      },
    ],
  };
}

function deletion(rule: NftRule): Finding['fixes'] {
  return [
    {
      title: { en: 'Delete this rule', 'zh-CN': '删除这条规则' },
      commands: [deleteRule(rule, rule.handle)],
      undo: [putBack(rule, rule.position, rule.text)],
      applies: 'at-once',
      trial: 'itself',
    },
  ];
}

/**
 * The question and the answer of a flow, as a device of its container sees them; none where it is not known who they are
 * from or to.
 */
function packets(
  flow: Scene['bad'][number],
  containers: readonly DockerContainer[],
  { world: { guestAddresses } }: Scene,
) {
  const { proto, port } = flow.to;
  const target = containers.find((c) => c.name === flow.to.container)?.attachments.find((a) => a.ip)?.ip;
  const own = flow.from.where === 'guest' ? guestAddresses[0] : undefined;
  const src = 'address' in flow.from ? flow.from.address : own;
  const dst = target ?? addressOf(flow);
  if (src === undefined || dst === undefined) return [];
  const dport = flow.to.behind?.port ?? port;
  return [
    { proto, src, dst, dport },
    { proto, src: dst, dst: src, sport: dport },
  ];
}

function finding({ device, text, from, fixes }: Thrower, flows: Scene['bad']): Finding {
  const title: Text = {
    en: `A filter at the device ${device} drops the packets: ${text}`,
    'zh-CN': `设备 ${device} 上的过滤器丢弃了数据包：${text}`,
  };
  return {
    id: 'device-filter-drop',
    layer: 'link',
    insteadOf: [...SEEN_AS, 'machine-offline'],
    title,
    says: {
      en: `${device} has a filter of its own: ${text}. It acts where packets come in or leave, outside of every chain that iptables knows, so that neither iptables -L nor a trace of rules shows it; what fails passes there.`,
      'zh-CN': `${device} 有自己的过滤器：${text}。它在数据包进入或离开时起作用，位于 iptables 所知的所有链之外，因此 iptables -L 和规则跟踪都看不到它；失败的流量都经过该处。`,
    },
    grade: 'inferred',
    owner: 'administrator',
    evidence: [fromFact(from, same(text)), ...someFlows(flows)],
    fixes,
    explains: flows.map((f) => f.id),
  };
}
