import { packetEnds } from '../../../shared/journey-text.ts';
import { worldOf } from '../../../shared/place-text.ts';
import { same, type Text } from '../../../shared/text.ts';
import type { Journey, RulePlace } from '../../../shared/trace.ts';
import { fromJourney } from '../evidence.ts';
import { ownerOf } from '../owner.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { man } from '../sources.ts';

/**
 * The general rule: a traced packet died at this very rule, whoever made it and whether or not we know it. Other rules
 * say it better where they know more.
 */
export const netfilterDrop = defineRule({
  id: 'netfilter-drop',
  needs: [],
  causes: {
    'netfilter-drop': {
      sources: [
        { title: 'nft(8)', url: 'https://www.netfilter.org/projects/nftables/manpage.html' },
        man('iptables(8)'),
      ],
    },
  },
  judge: (_, scene: Scene) => deathsOf(scene.journeys),
});

/** The rules at which packets died; all that is needed to know is their journeys. */
export function deathsOf(journeys: readonly Journey[]): Finding[] {
  return deathsByPlace(journeys).map(({ place, journeys }) => finding(place, journeys));
}

const VERBS: Record<'dropped' | 'rejected', Text> = {
  dropped: { en: 'drops', 'zh-CN': '丢弃' },
  rejected: { en: 'rejects', 'zh-CN': '拒绝' },
};

function finding(place: RulePlace, journeys: Journey[]): Finding {
  const owner = ownerOf(place);
  const reply = journeys.every((j) => j.direction === 'reply');
  const how = journeys.some((j) => j.end === 'rejected') ? VERBS.rejected : VERBS.dropped;
  const whose: Text = reply
    ? { en: 'the answers', 'zh-CN': '返回的应答' }
    : { en: 'the packets', 'zh-CN': '数据包' };
  const at = `${worldOf(place)} ${place.table} ${place.chain}`;
  const rule = place.iptables ?? place.rule;
  const what: Text = place.policy
    ? { en: `The policy of ${at}`, 'zh-CN': `${at} 的默认策略` }
    : { en: `A rule in ${at}`, 'zh-CN': `${at} 中的一条规则` };
  return {
    id: 'netfilter-drop',
    layer: 'filter',
    title: {
      en: `${what.en} ${how.en} ${whose.en}`,
      'zh-CN': `${what['zh-CN']}${how['zh-CN']}${whose['zh-CN']}`,
    },
    says: {
      en: `${what.en} on the ${place.hook} hook ${how.en} ${whose.en}: ${rule}. ${acceptedBefore(journeys).en}`.trim(),
      'zh-CN':
        `${place.hook} 钩子上${what['zh-CN']}${how['zh-CN']}了${whose['zh-CN']}：${rule}。${acceptedBefore(journeys)['zh-CN']}`.trim(),
    },
    grade: 'traced',
    owner,
    where: place,
    evidence: journeys
      .slice(0, 3)
      .map((j) => fromJourney(j, same(`${packetEnds(j.packet)} ${j.end}: ${rule}`))),
    fixes: fixesFor(place),
    explains: journeys.map((j) => j.flowId),
  };
}

/** An accept in one base chain does not end the journey, which misleads people who watch its counters. */
function acceptedBefore(journeys: readonly Journey[]): Text {
  const [journey] = journeys;
  const hook = journey?.at?.hook;
  const earlier = journey?.stops.findLast((s) => s.hook === hook && s.verdict === 'accept' && !s.policy);
  if (!earlier) return same('');
  const chain = `${worldOf(earlier)} ${earlier.table} ${earlier.baseChain}`;
  return {
    en: `${chain} had accepted it on the same hook before; a later base chain still decides for itself.`,
    'zh-CN': `同一钩子上的 ${chain} 之前已放行，但后面的基链仍会独立裁决。`,
  };
}

/** Deleting the very rule, where it can be named exactly and put back; a firewall's own rules are changed through it. */
function fixesFor(place: RulePlace): Finding['fixes'] {
  if (place.policy || ownerOf(place) !== 'administrator') return [];
  const title: Text = { en: 'Delete this rule', 'zh-CN': '删除这条规则' };
  const warning: Text = {
    en: 'Somebody put it there: find out why before you delete it. It comes back if a script or service sets it again.',
    'zh-CN': '这条规则是有人设置的：删除前请先弄清原因。若有脚本或服务会重新设置，它会再次出现。',
  };
  if (place.iptables?.startsWith('-A ')) {
    const table = place.table === 'filter' ? '' : `-t ${place.table} `;
    const tool = place.backend === 'legacy' ? worldOf(place) : 'iptables';
    const spec = place.iptables.slice(`-A ${place.chain} `.length);
    return [
      {
        title,
        commands: [`${tool} ${table}-D ${place.chain} ${spec}`],
        undo: [`${tool} ${table}-I ${place.chain} ${place.position ?? 1} ${spec}`],
        warning,
      },
    ];
  }
  if (place.handle === undefined) return [];
  const chain = `${place.family} ${place.table} ${place.chain}`;

  return [
    {
      title,
      commands: [`nft delete rule ${chain} handle ${place.handle}`],
      undo: [`nft insert rule ${chain} ${place.rule}`],
      warning,
    },
  ];
}
