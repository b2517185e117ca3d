import type { FlowResult } from '../../../shared/flow.ts';
import type { Text } from '../../../shared/text.ts';
import type { Journey, RulePlace } from '../../../shared/trace.ts';
import { hitsSometimes } from '../../trace/sometimes.ts';
import { chainOf, deathAt, ruleText } from '../death.ts';
import { fromFlow } from '../evidence.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding, type Scene } from '../rule.ts';
import { man, NFT } from '../sources.ts';

/** Matches on who sends, or when: the same packet of another program, or an hour later, is not hit. */
const SELECTIVE =
  /-m (owner|cgroup|time)\b|\bmeta (skuid|skgid|cgroup|hour|day|time)\b|\bsocket cgroupv2\b|\bsk[ug]id\b/;

/** A rule that does not hit every packet of a kind, which makes people look for the fault everywhere else. */
export const conditionalDrop = defineRule({
  id: 'conditional-drop',
  needs: [],
  causes: {
    'intermittent-drop': { sources: [man('iptables-extensions(8)'), NFT] },
    'selective-drop': { sources: [man('iptables-extensions(8)'), NFT] },
  },
  judge: (_, scene) =>
    deathsByPlace(scene.journeys).flatMap(({ place, journeys }) => {
      const text = `${ruleText(place)} ${place.rule}`;
      if (hitsSometimes(place)) return [intermittent(place, journeys, scene)];
      return SELECTIVE.test(text) ? [selective(place, journeys)] : [];
    }),
});

/** How often the flows that died there worked, over all of their tries. */
function rateOf(flows: readonly FlowResult[]): { ok: number; of: number } | undefined {
  const tried = flows.flatMap(({ tries }) => tries ?? []);
  const of = tried.reduce((sum, t) => sum + t.of, 0);
  return of === 0 ? undefined : { ok: tried.reduce((sum, t) => sum + t.ok, 0), of };
}

function intermittent(place: RulePlace, journeys: Journey[], scene: Scene): Finding {
  const flows = scene.flows.filter(({ id }) => journeys.some((j) => j.flowId === id));
  const rate = rateOf(flows);
  const often: Text = rate
    ? {
        en: `Tried again and again, ${rate.ok} of ${rate.of} connections worked.`,
        'zh-CN': `反复尝试后，${rate.of} 次连接中有 ${rate.ok} 次成功。`,
      }
    : { en: 'It hits only some packets.', 'zh-CN': '它只命中部分数据包。' };
  const death = deathAt(place, journeys);
  return {
    ...death,
    id: 'intermittent-drop',
    insteadOf: ['netfilter-drop', 'docker-user-drop', 'docker-user-drops-answers'],
    ...(rate?.ok === 0 ? used(place, often) : nowAndThen(place, often)),
    evidence: [
      ...death.evidence,
      ...flows
        .filter(({ tries }) => tries)
        .slice(0, 2)
        .map(fromFlow),
    ],
  };
}

function nowAndThen(place: RulePlace, often: Text): Pick<Finding, 'title' | 'says'> {
  return {
    title: {
      en: 'A rule drops packets now and then',
      'zh-CN': '一条规则时不时地丢弃数据包',
    },
    says: {
      en: `A rule in ${chainOf(place)} drops packets by chance or by rate: ${ruleText(place)}. ${often.en} What gets by works as if nothing were wrong, so that it looks like a bad line or an overloaded server.`,
      'zh-CN': `${chainOf(place)} 中的一条规则按概率或速率丢弃数据包：${ruleText(place)}。${often['zh-CN']}通过的数据包一切正常，因此看起来像线路不稳或服务器过载。`,
    },
  };
}

/** Of a limit that is reached, or is so low that nothing gets by. */
function used(place: RulePlace, often: Text): Pick<Finding, 'title' | 'says'> {
  return {
    title: {
      en: 'A rule with a limit lets nothing pass now',
      'zh-CN': '一条带限制条件的规则目前不让任何数据包通过',
    },
    says: {
      en: `A rule in ${chainOf(place)} ends packets by chance, by rate or by how many there were: ${ruleText(place)}. ${often.en} Its limit is reached, or is so low that nothing gets by; when it is not, the same traffic works.`,
      'zh-CN': `${chainOf(place)} 中的一条规则按概率、速率或数量终止数据包：${ruleText(place)}。${often['zh-CN']}其限制已达到，或低到无法通过任何数据包；未达到限制时，同样的流量是正常的。`,
    },
  };
}

function selective(place: RulePlace, journeys: Journey[]): Finding {
  return {
    ...deathAt(place, journeys),
    id: 'selective-drop',
    insteadOf: ['netfilter-drop', 'docker-user-drop'],
    title: {
      en: 'A rule drops what certain programs send, or what is sent at certain times',
      'zh-CN': '一条规则丢弃特定程序发送的、或特定时间发送的数据包',
    },
    says: {
      en: `A rule in ${chainOf(place)} looks at who sends a packet, or when, and drops it: ${ruleText(place)}. The same traffic works for another user or program, or at another hour, which hides it from most tests.`,
      'zh-CN': `${chainOf(place)} 中的一条规则根据数据包的发送者或发送时间将其丢弃：${ruleText(place)}。同样的流量换一个用户、程序或时间就正常，因此大多数测试发现不了它。`,
    },
  };
}
