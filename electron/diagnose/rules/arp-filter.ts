import { same, type Text } from '../../../shared/text.ts';
import type { NftChain, NftRule, Ruleset } from '../../probe/lib/nft-model.ts';
import { type ArpPacket, holdsForArp } from '../arp-match.ts';
import { fromFact, someFlows } from '../evidence.ts';
import { SEEN_AS } from '../link-trouble.ts';
import { deleteRule, putBack, withoutCounter } from '../nft-rule.ts';
import { meetsVm } from '../paths.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { touching } from '../select.ts';
import { man, NFT } from '../sources.ts';
import { vethOf } from '../veth.ts';

/** A rule, or a policy where there is none, that takes the ARP of a container. */
interface Taker {
  chain: NftChain;
  rule: NftRule | undefined;
}

/** Where ARP between the VM and a container passes, on its way in and on its way out. */
const HOOKS = { in: ['prerouting', 'input'], out: ['output', 'postrouting'] } as const;

/**
 * A rule on ARP: of arptables (nftables' family arp), or of ebtables and nftables' bridge family. The packets that
 * containers send are never seen to die, for none is sent: nobody learns the other's hardware address.
 */
export const arpFilter = defineRule({
  id: 'arp-filter',
  needs: ['ruleset', 'interfaces', 'docker', 'containers'],
  causes: {
    'arp-filter-drop': { sources: [man('arptables-nft(8)'), man('ebtables-nft(8)'), NFT] },
  },
  judge: ({ ruleset, interfaces, docker, containers }, scene) => {
    const atRule = new Set(scene.journeys.flatMap((j) => (j.at ? [j.flowId] : [])));
    const found = new Map<string, { taker: Taker; flows: Scene['bad'] }>();
    for (const container of docker.containers)
      for (const { network, ip, mac } of container.attachments) {
        const net = docker.networks.find((n) => n.name === network);
        const bridge = net?.bridge;
        const gateway = net?.subnets.find((s) => s.gateway)?.gateway;
        const port = vethOf(container, network, interfaces, containers)?.port?.name;
        if (!bridge || !ip || !gateway || !port) continue;
        const reaches = (f: Scene['bad'][number]) => meetsVm(f, bridge, scene);
        const cut = touching(container.name, scene).filter((f) => reaches(f) && !atRule.has(f.id));
        // one that gets out has learnt the bridge's address, and the VM its own
        const works = scene.flows.some(
          (f) =>
            f.outcome === 'ok' &&
            reaches(f) &&
            f.from.where === 'container' &&
            f.from.name === container.name,
        );
        if (cut.length === 0 || works) continue;
        const taker = takerOf(ruleset, {
          in: { from: ip, to: gateway, mac, device: { arp: bridge, bridge: port }, bridge },
          out: { from: gateway, to: ip, mac: null, device: { arp: bridge, bridge: port }, bridge },
        });
        if (!taker) continue;
        const key = `${taker.chain.family} ${taker.chain.table} ${taker.chain.name} ${taker.rule?.handle}`;
        const flows = found.get(key)?.flows ?? [];
        found.set(key, { taker, flows: [...new Set([...flows, ...cut])] });
      }
    return [...found.values()].map(({ taker, flows }) => finding(taker, flows));
  },
});

function takerOf(ruleset: Ruleset, ways: Record<keyof typeof HOOKS, ArpPacket>): Taker | undefined {
  for (const way of ['in', 'out'] as const)
    for (const chain of ruleset.chains) {
      const { family, base } = chain;
      if (base?.type !== 'filter' || !HOOKS[way].some((hook) => hook === base.hook)) continue;
      if (family !== 'arp' && family !== 'bridge') continue;
      const taker = endOf(chain, family, ways[way], way);
      if (taker) return taker;
    }
  return undefined;
}

/** A bridge's chain sees everything else as well: what it throws away without a word of ARP is seen to die there. */
function endOf(
  chain: NftChain,
  family: 'arp' | 'bridge',
  packet: ArpPacket,
  way: 'in' | 'out',
): Taker | undefined {
  for (const rule of chain.rules) {
    if (holdsForArp(rule.expr, packet, family, way) !== true) continue;
    if (rule.expr.some((e) => 'accept' in e || 'return' in e)) return undefined;
    if (rule.expr.some((e) => 'drop' in e) && (family === 'arp' || /\barp\b/.test(rule.text)))
      return { chain, rule };
  }
  return family === 'arp' && chain.base?.policy === 'drop' ? { chain, rule: undefined } : undefined;
}

function finding({ chain, rule }: Taker, flows: Scene['bad']): Finding {
  const { family, table, name } = chain;
  // iptables' like of these names are what arptables and ebtables made
  const own = /^[A-Z]+$/.test(name);
  const tool = own ? (family === 'arp' ? 'arptables' : 'ebtables') : undefined;
  const text = rule ? withoutCounter(rule.text) : 'policy drop';
  const place = `table ${family} ${table}, chain ${name}`;
  const listed: Text = tool
    ? {
        en: `“${tool}${table === 'filter' ? '' : ` -t ${table}`} -L” lists it; iptables does not.`,
        'zh-CN': `“${tool}${table === 'filter' ? '' : ` -t ${table}`} -L” 会列出它，而 iptables 不会。`,
      }
    : {
        en: '“nft list ruleset” lists it; iptables does not.',
        'zh-CN': '“nft list ruleset” 会列出它，而 iptables 不会。',
      };
  const what: Text = rule
    ? { en: `A rule${tool ? ` of ${tool}` : ''}`, 'zh-CN': `${tool ? `${tool} 的` : ''}一条规则` }
    : {
        en: `The policy${tool ? ` of ${tool}` : ''}`,
        'zh-CN': `${tool ? `${tool} 的` : ''}默认策略（policy）`,
      };
  return {
    id: 'arp-filter-drop',
    layer: 'link',
    insteadOf: SEEN_AS,
    title: {
      en: `${what.en} drops ARP in ${place}`,
      'zh-CN': `${what['zh-CN']}在 ${place} 中丢弃（drop）了 ARP`,
    },
    says: {
      en: `${what.en} in ${place} takes the ARP packets by which the VM and its containers learn each other's hardware address: ${text}. Without it nothing can be sent, so no packet is seen to die at a rule. ${listed.en}`,
      'zh-CN': `${place} 中${what['zh-CN']}丢弃了虚拟机与容器用来获知彼此硬件地址的 ARP 包：${text}。没有硬件地址就什么也发不出去，因此看不到数据包在某条规则处终止。${listed['zh-CN']}`,
    },
    grade: 'inferred',
    owner: 'administrator',
    evidence: [fromFact('ruleset', same(`${place}: ${text}`)), ...someFlows(flows)],
    fixes: rule
      ? [
          {
            title: { en: 'Delete this rule', 'zh-CN': '删除这条规则' },
            commands: [deleteRule(rule, rule.handle)],
            undo: [putBack(rule, rule.position, rule.text)],
            applies: 'at-once',
            trial: 'itself',
          },
        ]
      : [],
    explains: flows.map((f) => f.id),
  };
}
