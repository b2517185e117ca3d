import { quoteWhereNeeded } from '../../connect/quote.ts';
import type { DirectRule } from '../../probe/firewalld.ts';
import { chainOf, deathAt, ruleText } from '../death.ts';
import { fromFact } from '../evidence.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding } from '../rule.ts';
import { firewalldMan } from '../sources.ts';

/** What iptables adds to a rule, or writes otherwise than it was given. */
const FILLER = new Set(['--reject-with', 'icmp-port-unreachable', '-m', '-A', '/32']);
const words = (text: string) =>
  text
    .replaceAll('/32', '')
    .split(/\s+/)
    .filter((word) => word && !FILLER.has(word));

/** Is this iptables rule what firewalld made of that direct one? iptables reorders the words. */
function isFrom(rule: string, direct: DirectRule): boolean {
  const there = words(rule).slice(1).sort();
  const wanted = words(direct.args.join(' ')).sort();
  // `-p tcp --dport 80` comes back as `-p tcp -m tcp --dport 80`
  const doubled = there.filter(
    (word, i) => word !== there[i - 1] || wanted.filter((w) => w === word).length > 1,
  );
  const same = (list: string[]) =>
    list.length === wanted.length && list.every((word, i) => word === wanted[i]);
  return same(there) || same(doubled);
}

/** A rule that somebody gave firewalld with --direct: it stands in iptables' own chains, in nobody's zone. */
export const firewalldDirect = defineRule({
  id: 'firewalld-direct',
  needs: ['firewalld'],
  causes: {
    'firewalld-direct-rule': {
      sources: [firewalldMan('firewalld.direct'), firewalldMan('firewall-cmd')],
    },
  },
  judge: ({ firewalld }, scene) =>
    deathsByPlace(scene.journeys).flatMap(({ place, journeys }): Finding[] => {
      const chain = place.chain.replace(/_direct$/, '');
      const direct = firewalld.directRules.find(
        (d) =>
          d.table === place.table &&
          d.chain.replace(/_direct$/, '') === chain &&
          (d.family === 'ipv6') === (place.family === 'ip6') &&
          isFrom(place.iptables ?? '', d),
      );
      if (!direct) return [];
      const { family, table, priority, args } = direct;
      const spec = [family, table, direct.chain, String(priority), ...args].map(quoteWhereNeeded).join(' ');
      const kept = firewalld.permanentDirect.some((line) => args.every((word) => line.includes(word)));
      const both = (verb: string) => [
        `firewall-cmd --direct --${verb}-rule ${spec}`,
        ...(kept ? [`firewall-cmd --permanent --direct --${verb}-rule ${spec}`] : []),
      ];
      const death = deathAt(place, journeys);
      return [
        {
          ...death,
          id: 'firewalld-direct-rule',
          insteadOf: ['netfilter-drop'],
          owner: 'firewalld',
          title: {
            en: 'A direct rule of firewalld drops the packets',
            'zh-CN': 'firewalld 的一条直接规则（direct rule）丢弃了数据包',
          },
          says: {
            en: `firewalld has a direct rule, “${spec}”, which stands in ${chainOf(place)} as ${ruleText(place)} and ends the packets before any zone or policy is asked. Putting interfaces into other zones does not help against it.`,
            'zh-CN': `firewalld 有一条直接规则“${spec}”，它在 ${chainOf(place)} 中表现为 ${ruleText(place)}，在任何区域或策略之前就终止了数据包。把接口放入其他区域对它无效。`,
          },
          evidence: [
            ...death.evidence,
            fromFact('firewalld', { en: `direct rule: ${spec}`, 'zh-CN': `直接规则：${spec}` }),
          ],
          fixes: [
            {
              title: { en: 'Remove the direct rule', 'zh-CN': '删除该直接规则' },
              commands: both('remove'),
              undo: both('add').toReversed(),
              applies: 'at-once',
              trial: { commands: both('remove').slice(0, 1), undo: both('add').slice(0, 1) },
            },
          ],
        },
      ];
    }),
});
