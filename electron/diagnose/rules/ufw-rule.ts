import type { Fix } from '../../../shared/cause.ts';
import type { Packet, RulePlace } from '../../../shared/trace.ts';
import { quoteWhereNeeded } from '../../connect/quote.ts';
import type { Docker } from '../../probe/docker.ts';
import { covers } from '../covers.ts';
import { deathAt, ruleText } from '../death.ts';
import { jumpsTo } from '../docker-rules.ts';
import { fromFact } from '../evidence.ts';
import { deathsByPlace } from '../places.ts';
import { defineRule, type Finding } from '../rule.ts';
import { thread } from '../sources.ts';
import { ufwWords } from '../ufw-words.ts';

const UFW_MAN = { title: 'ufw(8)', url: 'https://manpages.debian.org/bookworm/ufw/ufw.8.en.html' };

/** ufw's own rule, or what it does with packets that none of its rules speaks of, ended the packets. */
export const ufwRule = defineRule({
  id: 'ufw-rule',
  needs: ['docker', 'ruleset', 'iptables'],
  causes: {
    'ufw-rule': { sources: [UFW_MAN] },
    'ufw-default-deny': {
      sources: [
        UFW_MAN,
        thread('chaifeng/ufw-docker#53', 'Cannot access service on host from container'),
        thread('chaifeng/ufw-docker#16', 'Not working from container to host'),
      ],
    },
  },
  judge: ({ docker, ruleset, iptables }, scene) =>
    deathsByPlace(scene.journeys).flatMap(({ place, journeys }): Finding[] => {
      const death = { ...deathAt(place, journeys), insteadOf: ['netfilter-drop'], owner: 'ufw' as const };
      if (/^ufw6?-user-/.test(place.chain)) return [ofUser(death, place)];
      const packet = journeys[0]?.packet;
      const base = place.baseChain;
      const byDefault =
        (place.policy &&
          jumpsTo({ ruleset, iptables }, 'filter', base, `ufw-before-${base.toLowerCase()}`)) ||
        /^ufw6?-(reject|skip-to-policy)-/.test(place.chain);
      if (!byDefault || !packet || !['INPUT', 'OUTPUT'].includes(base)) return [];
      return [ofDefault(death, base, packet, docker)];
    }),
});

function ofUser(death: Finding, place: RulePlace): Finding {
  const text = ruleText(place);
  const words = ufwWords(text);
  const rule = words && `ufw ${words.route}${words.rest}`;
  const quoted = rule ? `“${rule}” (${text})` : text;
  const fixes: Fix[] = words
    ? [
        {
          title: { en: 'Delete the rule of ufw', 'zh-CN': '删除该 ufw 规则' },
          commands: [`ufw ${words.route}delete ${words.rest}`],
          undo: [`ufw ${words.route}${words.rest}`],
          applies: 'told',
          warning: {
            en: '“ufw status numbered” lists the rules in order: put back, it comes last. Somebody wanted it: find out why.',
            'zh-CN':
              '“ufw status numbered” 按顺序列出规则：重新添加时会排在最后。该规则是有人设置的：请先弄清原因。',
          },
        },
      ]
    : [];
  return {
    ...death,
    id: 'ufw-rule',
    title: {
      en: `A rule of ufw stops the packets: ${rule ?? text}`,
      'zh-CN': `ufw 的一条规则阻止了数据包：${rule ?? text}`,
    },
    says: {
      en: `Somebody gave ufw this rule: ${quoted}. ufw keeps it in ${place.chain}, where the packets ended. “ufw status” shows it; deleted with iptables it would come back at the next start.`,
      'zh-CN': `有人给 ufw 添加了规则：${quoted}。它位于 ${place.chain}，数据包在此终止。“ufw status” 会显示它；若仅用 iptables 删除，下次启动时会恢复。`,
    },
    fixes,
  };
}

function ofDefault(death: Finding, base: string, packet: Packet, docker: Docker): Finding {
  const incoming = base === 'INPUT';
  const way = incoming ? 'incoming' : 'outgoing';
  const subnet = docker.networks
    .flatMap(({ subnets }) => subnets.map((s) => s.subnet))
    .find((s) => covers(s, incoming ? packet.src : packet.dst));
  const { proto, dport } = packet;
  const ported = dport !== undefined && (proto === 'tcp' || proto === 'udp');
  const what = ported ? `${proto} port ${dport}` : proto;
  const [from, to] = incoming ? [subnet ?? packet.src, 'any'] : ['any', subnet ?? packet.dst];
  const spec =
    `${incoming ? '' : 'out '}${ported ? `proto ${proto} ` : ''}` +
    `from ${quoteWhereNeeded(from)} to ${quoteWhereNeeded(to)}${ported ? ` port ${dport}` : ''}`;
  const allow = `allow ${spec}`;
  return {
    ...death,
    id: 'ufw-default-deny',
    title: {
      en: `ufw denies ${way} traffic by default, and no rule of it allows ${packet.src} → ${what}`,
      'zh-CN': `ufw 默认拒绝（deny）${incoming ? '入站' : '出站'}流量，且没有规则允许 ${packet.src} → ${what}`,
    },
    says: {
      en: `ufw set the policy of ${base} to drop what its rules don't allow (“ufw default deny ${way}”), and none speaks of ${packet.src} → ${packet.dst} ${what}. ${incoming ? 'To ufw a container that calls the VM is somebody from outside: what containers want of a service on the VM has to be allowed like that of any other machine. Where no container needs it, all is as it should be.' : ''}`.trim(),
      'zh-CN':
        `ufw 将 ${base} 的默认策略设为丢弃规则未允许的流量（“ufw default deny ${way}”），而没有规则涉及 ${packet.src} → ${packet.dst} ${what}。${incoming ? '对 ufw 而言，访问虚拟机的容器与外部机器无异：容器对虚拟机上服务的访问同样需要放行。若没有容器需要该服务，则一切正常。' : ''}`.trim(),
    },
    evidence: [
      ...death.evidence,
      fromFact('ruleset', {
        en: `policy of ${base}: drop, set by ufw`,
        'zh-CN': `${base} 的默认策略：drop，由 ufw 设置`,
      }),
    ],
    fixes: [
      {
        title: { en: 'Allow it in ufw', 'zh-CN': '在 ufw 中放行' },
        commands: [`ufw ${allow}`],
        undo: [`ufw delete ${allow}`],
        applies: 'told',
      },
    ],
  };
}
