import ipaddr from 'ipaddr.js';
import type { Journey } from '../../../shared/trace.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import { fromFact, fromJourney, someFlows } from '../evidence.ts';
import { defineRule } from '../rule.ts';
import { DOCKER_BRIDGE, thread } from '../sources.ts';

/** Not every tracer sees a packet behind the chain that translates it: then the rule in there has to say. */
function translatedAtLast({ stops }: Journey): boolean {
  const nat = stops.filter(({ hook, table }) => hook === 'postrouting' && table === 'nat');
  return nat.some(({ rules }) => rules.some(({ text }) => text === '' || /masquerade|snat/i.test(text)));
}

/**
 * Packets leave the guest with the container's own address: nobody outside can answer that. Seen in the trace: the last
 * look at the packet, after every NAT chain, still shows the container as its sender.
 */
export const masqueradeMissing = defineRule({
  id: 'masquerade-missing',
  needs: ['docker'],
  causes: {
    'masquerade-missing': {
      sources: [DOCKER_BRIDGE, thread('moby/moby#36151', 'Containers cannot access internet (outbound)')],
    },
  },
  judge: ({ docker }, scene) => {
    const bridges = new Set(docker.networks.flatMap((n) => (n.bridge ? [n.bridge] : [])));
    return docker.networks.flatMap((network) => {
      const subnet = network.subnets.map((s) => s.subnet).find((s) => ipaddr.IPv4.isValidCIDR(s));
      if (!subnet || !network.bridge) return [];
      const [net, bits] = ipaddr.IPv4.parseCIDR(subnet);
      const inside = (address: string) =>
        ipaddr.IPv4.isValid(address) && ipaddr.IPv4.parse(address).match(net, bits);
      const lost = scene.journeys.filter(
        (j) =>
          j.direction === 'request' &&
          j.end === 'lost' &&
          j.last?.hook === 'postrouting' &&
          !bridges.has(j.last.oif ?? '') &&
          inside(j.packet.src) &&
          (j.nat?.src ?? j.packet.src) === j.packet.src &&
          // LOG rules see nothing of translation
          j.stops.at(-1)?.seenAt === undefined &&
          !translatedAtLast(j),
      );
      if (lost.length === 0) return [];
      const flows = scene.bad.filter((f) => lost.some((j) => j.flowId === f.id));
      const oif = lost[0]?.last?.oif ?? '';
      return [
        {
          id: 'masquerade-missing',
          layer: 'filter',
          insteadOf: ['netfilter-drop'],
          title: {
            en: `No MASQUERADE for ${subnet}: packets leave with the container's address`,
            'zh-CN': `${subnet} 缺少 MASQUERADE：数据包以容器自身地址离开`,
          },
          says: {
            en: `Packets from ${network.name} (${subnet}) leave through ${oif} with the container's own address as sender, so no answer can find its way back. The MASQUERADE rule for ${subnet} in nat POSTROUTING is missing; Docker sets it when it starts.`,
            'zh-CN': `来自 ${network.name}（${subnet}）的数据包以容器自身地址为源地址从 ${oif} 发出，应答无法返回。nat POSTROUTING 中缺少针对 ${subnet} 的 MASQUERADE 规则；Docker 会在启动时设置它。`,
          },
          grade: 'traced',
          owner: 'docker',
          evidence: [
            ...lost.slice(0, 2).map((j) =>
              fromJourney(j, {
                en: `left through ${oif} as ${j.packet.src} → ${j.packet.dst}, untranslated`,
                'zh-CN': `以 ${j.packet.src} → ${j.packet.dst}（未转换）从 ${oif} 离开`,
              }),
            ),
            fromFact('ruleset', {
              en: `no rule in nat POSTROUTING translated ${subnet}`,
              'zh-CN': `nat POSTROUTING 中没有规则转换 ${subnet}`,
            }),
            ...someFlows(flows).slice(0, 2),
          ],
          fixes: [
            {
              title: { en: 'Put the rule back', 'zh-CN': '恢复该规则' },
              commands: [
                `iptables -t nat -A POSTROUTING -s ${subnet} ! -o ${quoteWhereNeeded(network.bridge ?? '')} -j MASQUERADE`,
              ],
              undo: [
                `iptables -t nat -D POSTROUTING -s ${subnet} ! -o ${quoteWhereNeeded(network.bridge ?? '')} -j MASQUERADE`,
              ],
              applies: 'at-once',
              trial: 'itself',
            },
          ],
          explains: flows.map((f) => f.id),
        },
      ];
    });
  },
});
