import { same } from '../../../shared/text.ts';
import type { Journey } from '../../../shared/trace.ts';
import { quote } from '../../connect/quote.ts';
import type { NftChain, NftRule, Ruleset } from '../../probe/lib/nft-model.ts';
import type { TcFilter } from '../../probe/lib/tc-filter.ts';
import type { FactValue } from '../../probe/registry.ts';
import { type ChainEnd, endAtDevice } from '../device-chain.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { SEEN_AS } from '../link-trouble.ts';
import { deleteRule, putBack, setPolicy } from '../nft-rule.ts';
import { contradicts, type Passage, passagesAt, worked } from '../passages.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { man, NFT } from '../sources.ts';
import { deleteFilter, type End } from '../tc-filter.ts';
import { takes } from '../tc-match.ts';

/** Something at a device that ends packets or leads them elsewhere, where no tracer of rules looks. */
interface Filter {
  device: string;
  end: End;
  how: ChainEnd['how'];
  text: string;
  /** The probe that knows of it. */
  from: 'ruleset' | 'tc' | 'interfaces';
  fixes: Finding['fixes'];
}

/** A filter that takes a flow's packet; `unsure` where nobody can read whether it does: then the kernel's own word is wanted. */
interface Taken {
  filter: Filter;
  unsure: boolean;
  passage: Passage;
}

const ENDS: Record<string, End | undefined> = { ingress: 'ingress', egress: 'egress' };
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
  causes: {
    'device-filter-drop': { sources: [NFT, man('tc(8)'), man('ip-link(8)')] },
    'device-filter-diverts': { sources: [NFT] },
  },
  judge: (facts, scene) => {
    const told = new Set(
      scene.journeys
        .filter(({ drop }) => WORDS.test(drop?.reason ?? '') || XDP_FUNCTION.test(drop?.function ?? ''))
        .map((j) => j.flowId),
    );
    return devicesWithFilters(facts).flatMap((device) => {
      const passages = passagesAt(device, facts, scene);
      const bridge = facts.interfaces.some((i) => i.name === device && i.kind === 'bridge');
      const takers = filtersAt(device, facts);
      const taken = (flow: Flow) =>
        passages(flow).flatMap((passage) => takers.flatMap((taker) => taker(passage) ?? []));
      // what passes there and works shows that it takes others
      const fine = scene.flows.filter((f) => worked(f) && f.to.proto !== 'icmp').flatMap(taken);
      const cases = new Map<string, { taken: Taken; flows: Flow[] }>();
      for (const flow of scene.bad) {
        const journeys = scene.journeys.filter((j) => j.flowId === flow.id);
        for (const one of taken(flow)) {
          if (journeys.some((j) => contradicts(j, one.filter.how, one.passage, device, bridge))) continue;
          const known = cases.get(one.filter.text) ?? { taken: one, flows: [] };
          cases.set(one.filter.text, {
            taken: known.taken.unsure ? one : known.taken,
            flows: [...new Set([...known.flows, flow])],
          });
        }
      }
      return [...cases.values()].flatMap(({ taken: { filter, unsure }, flows }) => {
        const acquitted = fine.some((f) => f.filter.text === filter.text);
        const alone = scene.journeys.some(
          (j) => flows.some((f) => f.id === j.flowId) && isOnlySuspect(filter, j),
        );
        const said = flows.some((f) => told.has(f.id)) || (alone && !acquitted);
        return (unsure || acquitted) && !said ? [] : [finding(filter, flows)];
      });
    });
  },
});

type Flow = Scene['bad'][number];
type Facts = { [Probe in 'ruleset' | 'tc' | 'interfaces']: FactValue<Probe> };
/** Says how a filter takes a packet; undefined where it does not. */
type Taker = (passage: Passage) => Taken | undefined;

function devicesWithFilters({ ruleset, tc, interfaces }: Facts): string[] {
  const chains = ruleset.chains.filter(({ family }) => family === 'netdev');
  return [
    ...new Set([
      ...chains.flatMap(({ base }) => base?.devices ?? []),
      ...tc.egress.map(({ dev }) => dev),
      ...interfaces.filter(({ xdp }) => xdp !== null).map(({ name }) => name),
    ]),
  ];
}

function filtersAt(device: string, { ruleset, tc, interfaces }: Facts): Taker[] {
  const chains = ruleset.chains.filter((c) => c.family === 'netdev' && c.base?.devices.includes(device));
  return [
    ...chains.map((chain) => byChain(device, chain, ruleset)),
    ...tc.egress.filter((f) => f.dev === device && f.actions.includes('drop')).map(byTc),
    ...interfaces.flatMap(({ name, xdp }) => (name === device && xdp !== null ? [byXdp(name, xdp)] : [])),
  ];
}

/** Is this all that can have ended a packet which no place of the tracer saw? */
function isOnlySuspect({ device, text }: Filter, { unseen }: Journey): boolean {
  if (!unseen || unseen.chains.length + unseen.inside.length > 0) return false;
  return unseen.filters.length > 0 && unseen.filters.every((f) => f.device === device && f.text === text);
}

function byChain(device: string, chain: NftChain, ruleset: Ruleset): Taker {
  const end = ENDS[chain.base?.hook ?? ''];
  return (passage) => {
    const found = passage.end === end ? endAtDevice(chain, passage.packet, ruleset) : undefined;
    if (!end || !found) return undefined;
    const { how, rule, unsure } = found;
    const text = `table netdev ${chain.table}, chain ${chain.name} (${end} on ${device}): ${found.text}`;
    const fixes = rule ? deletion(rule) : acceptance(chain);
    return { filter: { device, end, how, text, from: 'ruleset', fixes }, unsure, passage };
  };
}

function byTc(filter: TcFilter): Taker {
  const { dev, kind, protocol, pref } = filter;
  const found: Filter = {
    device: dev,
    end: 'egress',
    how: 'drops',
    text: `tc filter egress dev ${dev} protocol ${protocol} pref ${pref} ${kind} action drop`,
    from: 'tc',
    fixes: deleteFilter(filter, 'egress', { en: 'Delete the filter', 'zh-CN': '删除该过滤器' }),
  };
  return (passage) => {
    const taken = passage.end === 'egress' ? takes(filter, passage.packet) : false;
    return taken === false ? undefined : { filter: found, unsure: taken === undefined, passage };
  };
}

/** Nobody can read what a program does, nor put it back. */
function byXdp(device: string, id: number): Taker {
  const off = `ip link set dev ${quote(device)} xdp off; ip link set dev ${quote(device)} xdpgeneric off`;
  const filter: Filter = {
    device,
    end: 'ingress',
    how: 'drops',
    text: `XDP program ${id}`,
    from: 'interfaces',
    fixes: [
      {
        title: { en: 'Take the program off the device', 'zh-CN': '从该设备卸下此程序' },
        commands: [off],
        undo: [],
        applies: 'told',
        warning: {
          en: 'Whoever loaded it has to load it again; “bpftool prog show” tells its name.',
          'zh-CN': '卸下后只能由加载者重新加载；“bpftool prog show” 会显示其名称。',
        },
      },
    ],
  };
  return (passage) => (passage.end === 'ingress' ? { filter, unsure: true, passage } : undefined);
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

/** A chain's policy is changed by naming the chain again. */
function acceptance(chain: NftChain): Finding['fixes'] {
  return [
    {
      title: {
        en: 'Let this chain accept what no rule of it names',
        'zh-CN': '让该链接受没有规则匹配的数据包',
      },
      commands: [setPolicy(chain, 'accept')],
      undo: [setPolicy(chain, 'drop')],
      applies: 'at-once',
      trial: 'itself',
    },
  ];
}

function finding({ device, end, how, text, from, fixes }: Filter, flows: Scene['bad']): Finding {
  const drops = how === 'drops';
  return {
    id: drops ? 'device-filter-drop' : 'device-filter-diverts',
    layer: 'link',
    insteadOf: [...SEEN_AS, 'machine-offline'],
    title: drops
      ? {
          en: `A filter at the device ${device} drops the packets: ${text}`,
          'zh-CN': `设备 ${device} 上的过滤器丢弃了数据包：${text}`,
        }
      : {
          en: `A filter at the device ${device} sends the packets to another device: ${text}`,
          'zh-CN': `设备 ${device} 上的过滤器把数据包转送到了另一个设备：${text}`,
        },
    says: drops
      ? {
          en: `${device} has a filter of its own: ${text}. It acts where packets come in or leave, outside of every chain that iptables knows, so that neither iptables -L nor a trace of rules shows it; what fails passes there.`,
          'zh-CN': `${device} 有自己的过滤器：${text}。它在数据包进入或离开时起作用，位于 iptables 所知的所有链之外，因此 iptables -L 和规则跟踪都看不到它；失败的流量都经过该处。`,
        }
      : {
          en: `${device} has a filter of its own: ${text}. It takes packets where they ${end === 'ingress' ? 'come in' : 'leave'} and hands them to another device, before anything else sees them; nothing drops them, so that no firewall and no counter of drops shows it. All that fails passes there, and nothing of it works.`,
          'zh-CN': `${device} 有自己的过滤器：${text}。它在数据包${end === 'ingress' ? '进入' : '离开'}时将其取走并交给另一个设备，其他任何环节都还未看到它们；没有东西丢弃它们，因此防火墙和丢包计数器都看不到它。失败的流量都经过该处，且无一成功。`,
        },
    grade: 'inferred',
    owner: 'administrator',
    evidence: [fromFact(from, same(text)), ...someFlows(flows)],
    fixes,
    explains: flows.map((f) => f.id),
  };
}
