import type { Fix } from '../../../shared/cause.ts';
import type { Text } from '../../../shared/text.ts';
import type { RulePlace } from '../../../shared/trace.ts';
import { quote } from '../../connect/quote.ts';
import type { Firewalld } from '../../probe/firewalld.ts';
import { chainOf, deathAt, ruleText } from '../death.ts';
import { fromFact } from '../evidence.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding } from '../rule.ts';
import { firewalldMan } from '../sources.ts';

/** Whose chain it is, and which part: firewalld makes `filter_FWD_ZONE_deny` and `filter_FWD_policy_NAME_deny`. */
function partOf({ table, chain }: RulePlace): { policy: boolean; name: string; deny: boolean } | undefined {
  const found = /(?:^|_)(?:FWD[IO]?|IN|OUT|PRE|POST)_(policy_)?(.+?)(?:_(pre|deny|post))?$/.exec(chain);
  if (!found || (table !== 'firewalld' && !chain.startsWith('FWD'))) return undefined;
  return { policy: found[1] !== undefined, name: found[2] ?? '', deny: found[3] !== undefined };
}

/** The rich rule that the dying rule was made of: it forbids, and of all such the most of its details stand there. */
function richRule(rules: readonly string[], place: RulePlace): string | undefined {
  const text = ruleText(place);
  const details = (rule: string) =>
    [...rule.matchAll(/(?:address|port|ipset|mac)="([^"]+)"/g)].map(([, value = '']) => value);
  return rules
    .filter((rule) => /\b(drop|reject)\b/.test(rule) && details(rule).every((d) => text.includes(d)))
    .sort((a, b) => details(b).length - details(a).length)[0];
}

/** A rich rule or a policy of firewalld ends the packets, whatever zone the bridge is in. */
export const firewalldPolicy = defineRule({
  id: 'firewalld-policy',
  needs: ['firewalld'],
  causes: {
    'firewalld-rich-rule': {
      sources: [firewalldMan('firewalld.richlanguage'), firewalldMan('firewall-cmd')],
    },
    'firewalld-policy': { sources: [firewalldMan('firewalld.policies')], holds: 'firewalld 0.9.0 and later' },
  },
  judge: ({ firewalld }, scene) =>
    deathsByPlace(scene.journeys).flatMap(({ place, journeys }): Finding[] => {
      const part = partOf(place);
      if (!part) return [];
      const death = deathAt(place, journeys);
      const said = part.policy ? policySays(firewalld, part, place) : zoneSays(firewalld, part, place);
      if (!said) return [];
      const { evidence, ...rest } = said;
      const instead = ['netfilter-drop', 'firewalld-interface-not-in-zone', 'firewalld-bridge-not-in-zone'];
      return [
        {
          ...death,
          ...rest,
          insteadOf: [...instead, 'firewalld-docker-too-old'],
          owner: 'firewalld',
          evidence: [...death.evidence, fromFact('firewalld', evidence)],
        },
      ];
    }),
});

interface Said {
  id: string;
  title: Text;
  says: Text;
  evidence: Text;
  fixes: Fix[];
}

type Part = NonNullable<ReturnType<typeof partOf>>;

function zoneSays({ zones }: Firewalld, { name, deny }: Part, place: RulePlace): Said | undefined {
  const zone = zones.find((z) => z.name === name);
  const rule = deny && zone ? richRule(zone.richRules, place) : undefined;
  return rule === undefined ? undefined : rich('zone', name, rule, place);
}

function policySays({ policies }: Firewalld, { name, deny }: Part, place: RulePlace): Said | undefined {
  const policy = policies.find((p) => p.name === name);
  if (!policy) return undefined;
  const rule = deny ? richRule(policy.richRules, place) : undefined;
  if (rule !== undefined) return rich('policy', name, rule, place);
  const way = `${policy.ingress.join(' ')} → ${policy.egress.join(' ')}`;
  return {
    id: 'firewalld-policy',
    title: {
      en: `firewalld’s policy ${name} stops the packets`,
      'zh-CN': `firewalld 的策略 ${name} 拦截了数据包`,
    },
    says: {
      en: `firewalld's policy ${name} (${way}, target ${policy.target || '?'}) is asked before the zones and ends the packets in ${chainOf(place)}: ${ruleText(place)}. That Docker's bridges are in an accepting zone does not help against it.`,
      'zh-CN': `firewalld 的策略 ${name}（${way}，目标 ${policy.target || '?'}）先于区域生效，在 ${chainOf(place)} 中终止了数据包：${ruleText(place)}。即使 Docker 网桥位于接受流量的区域也无效。`,
    },
    evidence: {
      en: `policy ${name}: ${way}, target ${policy.target || '?'}`,
      'zh-CN': `策略 ${name}：${way}，目标 ${policy.target || '?'}`,
    },
    fixes: /^(REJECT|DROP)$/.test(policy.target)
      ? [
          {
            title: { en: 'Have the policy leave it to the zones', 'zh-CN': '让该策略交由区域决定' },
            commands: [
              `firewall-cmd --permanent --policy=${quote(name)} --set-target=CONTINUE`,
              'firewall-cmd --reload',
            ],
            undo: [
              `firewall-cmd --permanent --policy=${quote(name)} --set-target=${policy.target}`,
              'firewall-cmd --reload',
            ],
            applies: 'told',
            warning: RELOADS,
          },
        ]
      : [],
  };
}

const RELOADS: Text = {
  en: 'Reloading firewalld drops what was set at run time only; Docker sets its own again.',
  'zh-CN': '重新加载 firewalld 会丢弃仅在运行时设置的内容；Docker 会重新设置自己的部分。',
};

function rich(kind: 'zone' | 'policy', name: string, rule: string, place: RulePlace): Said {
  const at = `--${kind}=${quote(name)}`;
  return {
    id: 'firewalld-rich-rule',
    title: {
      en: `A rich rule of firewalld’s ${kind} ${name} stops the packets`,
      'zh-CN': `firewalld ${kind === 'zone' ? '区域' : '策略'} ${name} 的一条富规则拦截了数据包`,
    },
    says: {
      en: `The ${kind} ${name} of firewalld has the rich rule “${rule}”, which became ${ruleText(place)} in ${chainOf(place)}: the packets end there, before anything that accepts.`,
      'zh-CN': `firewalld 的${kind === 'zone' ? '区域' : '策略'} ${name} 有一条富规则“${rule}”，它在 ${chainOf(place)} 中成为 ${ruleText(place)}：数据包在任何放行规则之前止于此。`,
    },
    evidence: { en: `${kind} ${name}: ${rule}`, 'zh-CN': `${kind} ${name}：${rule}` },
    fixes: [
      {
        title: { en: 'Take the rich rule out', 'zh-CN': '移除该富规则' },
        commands: [`firewall-cmd ${at} --remove-rich-rule=${quote(rule)}`],
        undo: [`firewall-cmd ${at} --add-rich-rule=${quote(rule)}`],
        applies: 'at-once',
        trial: 'itself',
        warning: {
          en: 'Until firewalld is reloaded: once it has helped, do it again with --permanent.',
          'zh-CN': '仅在 firewalld 重新加载之前有效：确认有效后请加上 --permanent 再执行一次。',
        },
      },
    ],
  };
}
