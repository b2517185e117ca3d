import type { Fix } from '../../../shared/cause.ts';
import type { Text } from '../../../shared/text.ts';
import type { Journey, RulePlace } from '../../../shared/trace.ts';
import { quote } from '../../connect/quote.ts';
import type { Firewalld } from '../../probe/firewalld.ts';
import { DOCKER_ZONE, type FirewalldZone } from '../../probe/lib/firewalld-model.ts';
import { covers } from '../covers.ts';
import { chainOf, deathAt, ruleText } from '../death.ts';
import { fromFact } from '../evidence.ts';
import { RELOADS } from '../firewalld-words.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding } from '../rule.ts';
import { DOCKER_FIREWALLS, firewalldMan } from '../sources.ts';

/** Whose chain it is, and which part: firewalld makes `filter_FWD_ZONE_deny` and `filter_FWD_policy_NAME_deny`. */
function partOf({ table, chain }: RulePlace): { policy: boolean; name: string; deny: boolean } | undefined {
  const found = /(?:^|_)(?:FWD[IO]?|IN|OUT|PRE|POST)_(policy_)?(.+?)(?:_(pre|deny|post))?$/.exec(chain);
  if (!found || (table !== 'firewalld' && !chain.startsWith('FWD'))) return undefined;
  return { policy: found[1] !== undefined, name: found[2] ?? '', deny: found[3] !== undefined };
}

/** The zone whose source or interface a rule names: firewalld 2 lets a zone that takes nothing end packets where zones are told apart. */
function zoneOfDispatch(place: RulePlace, zones: readonly FirewalldZone[]): ReturnType<typeof partOf> {
  if (place.table !== 'firewalld' || !/^filter_[A-Z]+_POLICIES$/.test(place.chain)) return undefined;
  const words = ruleText(place).split(/[\s"]+/);
  const zone = zones.find((z) => [...z.sources, ...z.interfaces].some((what) => words.includes(what)));
  return zone && { policy: false, name: zone.name, deny: false };
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

/** A rich rule, a policy, or a zone by source of firewalld ends the packets, whatever zone the bridge is in; or Docker's zone does. */
export const firewalldPolicy = defineRule({
  id: 'firewalld-policy',
  needs: ['firewalld'],
  causes: {
    'firewalld-rich-rule': {
      sources: [firewalldMan('firewalld.richlanguage'), firewalldMan('firewall-cmd')],
    },
    'firewalld-source-zone': { sources: [firewalldMan('firewalld.zones'), firewalldMan('firewall-cmd')] },
    'firewalld-zone-target': { sources: [firewalldMan('firewalld.zone'), DOCKER_FIREWALLS] },
    'firewalld-policy': { sources: [firewalldMan('firewalld.policies')], holds: 'firewalld 0.9.0 and later' },
  },
  judge: ({ firewalld }, scene) =>
    deathsByPlace(scene.journeys).flatMap(({ place, journeys }): Finding[] => {
      const part = zoneOfDispatch(place, firewalld.zones) ?? partOf(place);
      if (!part) return [];
      const death = deathAt(place, journeys);
      const said = part.policy
        ? policySays(firewalld, part, place)
        : zoneSays(firewalld, part, place, journeys);
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

function zoneSays(
  { zones }: Firewalld,
  { name, deny }: Part,
  place: RulePlace,
  journeys: readonly Journey[],
): Said | undefined {
  const zone = zones.find((z) => z.name === name);
  if (!zone) return undefined;
  const rule = deny ? richRule(zone.richRules, place) : undefined;
  if (rule !== undefined) return rich('zone', name, rule, place);
  if (deny || zone.target === 'ACCEPT') return undefined;
  const packets = journeys.map((j) => j.stops.at(-1)?.packet ?? j.packet);
  const source = zone.sources.find((s) =>
    packets.some(({ src, dst }) => [src, dst].some((address) => address === s || covers(s, address))),
  );
  if (source !== undefined) return ofSource(zone, source, place);
  const own = packets.flatMap(({ iif, oif }) => [iif, oif]).find((i) => i && zone.interfaces.includes(i));
  return own !== undefined && name === DOCKER_ZONE ? ofTarget(zone, own, place) : undefined;
}

/** What becomes of the packets that no rule of a zone lets through. */
const targetOf = ({ target }: FirewalldZone) => (/^[A-Z]/.test(target) ? target : `${target} (reject)`);

function ofSource(zone: FirewalldZone, source: string, place: RulePlace): Said {
  const { name } = zone;
  const change = (verb: string) => `firewall-cmd --zone=${quote(name)} --${verb}-source=${quote(source)}`;
  return {
    id: 'firewalld-source-zone',
    title: {
      en: `firewalld puts what has to do with ${source} into the zone ${name}, whose target is ${targetOf(zone)}`,
      'zh-CN': `firewalld 把 ${source} 的流量归入区域 ${name}，其目标（target）为 ${targetOf(zone)}`,
    },
    says: {
      en: `${source} is a source of firewalld's zone ${name} (target ${targetOf(zone)}). A zone by source is asked before the zones by interface, so it does not help that Docker's bridges are in an accepting one: the packets end in ${chainOf(place)}: ${ruleText(place)}.`,
      'zh-CN': `${source} 是 firewalld 区域 ${name}（target ${targetOf(zone)}）的来源（source）。按来源匹配的区域先于按接口匹配的区域，因此 Docker 网桥位于接受流量的区域也无效：数据包止于 ${chainOf(place)}：${ruleText(place)}。`,
    },
    evidence: {
      en: `zone ${name}: sources ${source}, target ${targetOf(zone)}`,
      'zh-CN': `区域 ${name}：sources ${source}，target ${targetOf(zone)}`,
    },
    fixes: [
      {
        title: { en: 'Take the source out of the zone', 'zh-CN': '从该区域移除此来源' },
        commands: [change('remove')],
        undo: [change('add')],
        applies: 'at-once',
        trial: 'itself',
        warning: UNTIL_RELOAD,
      },
    ],
  };
}

function ofTarget(zone: FirewalldZone, own: string, place: RulePlace): Said {
  const set = (target: string) => [
    `firewall-cmd --permanent --zone=${quote(zone.name)} --set-target=${quote(target)}`,
    'firewall-cmd --reload',
  ];
  return {
    id: 'firewalld-zone-target',
    title: {
      en: `firewalld’s zone ${zone.name} has the target ${targetOf(zone)}: it should be ACCEPT`,
      'zh-CN': `firewalld 的区域 ${zone.name} 的目标（target）为 ${targetOf(zone)}，应为 ACCEPT`,
    },
    says: {
      en: `${own} is in firewalld's zone ${zone.name}, as it should be, but somebody gave that zone the target ${targetOf(zone)}; Docker makes it with ACCEPT. What containers send ends in ${chainOf(place)}: ${ruleText(place)}.`,
      'zh-CN': `${own} 位于 firewalld 的 ${zone.name} 区域，这是正确的，但有人把该区域的目标设为 ${targetOf(zone)}；Docker 创建时为 ACCEPT。容器发送的流量止于 ${chainOf(place)}：${ruleText(place)}。`,
    },
    evidence: {
      en: `zone ${zone.name}: ${own}, target ${targetOf(zone)}`,
      'zh-CN': `区域 ${zone.name}：${own}，target ${targetOf(zone)}`,
    },
    fixes: [
      {
        title: { en: 'Have the zone accept', 'zh-CN': '让该区域接受流量' },
        commands: set('ACCEPT'),
        undo: set(zone.target),
        applies: 'told',
        warning: RELOADS,
      },
    ],
  };
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

const UNTIL_RELOAD: Text = {
  en: 'Until firewalld is reloaded: once it has helped, do it again with --permanent.',
  'zh-CN': '仅在 firewalld 重新加载之前有效：确认有效后请加上 --permanent 再执行一次。',
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
        warning: UNTIL_RELOAD,
      },
    ],
  };
}
