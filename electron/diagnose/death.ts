import { acceptedText } from '../../shared/accepted-before.ts';
import type { Fix } from '../../shared/cause.ts';
import { packetEnds } from '../../shared/journey-text.ts';
import { worldOf } from '../../shared/place-text.ts';
import { same, type Text } from '../../shared/text.ts';
import type { Journey, RulePlace } from '../../shared/trace.ts';
import { quoteWhereNeeded } from '../connect/quote.ts';
import { fromJourney } from './evidence.ts';
import { iptablesForShell } from './iptables-words.ts';
import { deleteRule, putBack } from './nft-rule.ts';
import { ownerOf } from './owner.ts';
import type { Finding } from './rule.ts';

const VERBS: Record<'dropped' | 'rejected', Text> = {
  dropped: { en: 'drops', 'zh-CN': '丢弃' },
  rejected: { en: 'rejects', 'zh-CN': '拒绝' },
};

/** Table and chain of a rule, as a person would name them: `ip filter DOCKER-USER`. */
export function chainOf(place: RulePlace): string {
  return `${worldOf(place)} ${place.table} ${place.chain}`;
}

/** The rule in the words that its owner would write it in. */
export function ruleText(place: RulePlace): string {
  return place.iptables ?? place.rule;
}

/** The program that changes a rule which iptables knows. */
export function toolOf(place: RulePlace): string {
  return place.backend === 'legacy' ? worldOf(place) : 'iptables';
}

/** ebtables keeps its rules in nftables' bridge family, under its own names: there iptables shows nothing of them. */
function listedBy(place: RulePlace): Text {
  const { family, table, baseChain, backend } = place;
  if (family === 'bridge' && backend === 'legacy')
    return {
      en: `Only “ebtables-legacy -t ${table} -L” lists it; neither iptables nor “nft list ruleset” does.`,
      'zh-CN': `只有“ebtables-legacy -t ${table} -L”会列出它；iptables 和“nft list ruleset”都不会。`,
    };
  if (family !== 'bridge' || !['filter', 'nat', 'broute'].includes(table) || !/^[A-Z]+$/.test(baseChain))
    return same('');
  return {
    en: `ebtables made this chain: “ebtables -t ${table} -L” lists the rule, iptables does not.`,
    'zh-CN': `该链由 ebtables 创建：“ebtables -t ${table} -L” 会列出这条规则，而 iptables 不会。`,
  };
}

/** A hook of netfilter's; one that every device has for itself with its device. */
function hookText({ hook, device }: RulePlace): Text {
  return device === undefined
    ? { en: `${hook} hook`, 'zh-CN': `${hook} 钩子` }
    : { en: `${hook} hook of ${device}`, 'zh-CN': `${device} 的 ${hook} 钩子` };
}

/** Packets died at this very rule, and that is all that is known; whoever knows more says it instead of this. */
export function deathAt(place: RulePlace, journeys: readonly Journey[]): Finding {
  const owner = ownerOf(place);
  const reply = journeys.every((j) => j.direction === 'reply');
  const how = journeys.some((j) => j.end === 'rejected') ? VERBS.rejected : VERBS.dropped;
  const whose: Text = reply
    ? { en: 'the answers', 'zh-CN': '返回的应答' }
    : { en: 'the packets', 'zh-CN': '数据包' };
  const at = chainOf(place);
  const rule = ruleText(place);
  // Its counter rises, which misleads people
  const accepted = (journeys[0] && acceptedText(journeys[0])) ?? same('');
  const listed = listedBy(place);
  const what: Text = place.policy
    ? { en: `The policy of ${at}`, 'zh-CN': `${at} 的默认策略` }
    : { en: `A rule in ${at}`, 'zh-CN': `${at} 中的一条规则` };
  const { en: hook, 'zh-CN': hookZh } = hookText(place);
  return {
    id: 'netfilter-drop',
    layer: 'filter',
    title: {
      en: `${what.en} ${how.en} ${whose.en}`,
      'zh-CN': `${what['zh-CN']}${how['zh-CN']}${whose['zh-CN']}`,
    },
    says: {
      en: `${what.en} on the ${hook} ${how.en} ${whose.en}: ${rule}. ${accepted.en} ${listed.en}`.trim(),
      'zh-CN':
        `${hookZh}上 ${what['zh-CN']}${how['zh-CN']}了${whose['zh-CN']}：${rule}。${accepted['zh-CN']}${listed['zh-CN']}`.trim(),
    },
    grade: 'traced',
    owner,
    where: place,
    evidence: journeys
      .slice(0, 3)
      .map((j) => fromJourney(j, same(`${packetEnds(j.packet)} ${j.end}: ${rule}`))),
    fixes: deletionOf(place),
    explains: journeys.map((j) => j.flowId),
  };
}

const isIptables = ({ backend, family, baseChain }: RulePlace) =>
  backend !== 'nft' || !['inet', 'ip', 'ip6'].includes(family) || /^[A-Z]+$/.test(baseChain);

/** The policy of a chain that somebody wrote for nft by hand. */
function openPolicy({ family, table, chain }: RulePlace): Fix {
  const at = [family, table, chain].map(quoteWhereNeeded).join(' ');
  const set = (policy: string) => [`nft chain ${at} '{ policy ${policy}; }'`];
  return {
    title: {
      en: 'Let the chain accept what no rule of it speaks of',
      'zh-CN': '让该链放行没有规则涉及的流量',
    },
    commands: set('accept'),
    undo: set('drop'),
    applies: 'at-once',
    trial: 'itself',
    warning: {
      en: 'That opens it for everything. Better, once it has helped: a rule there that accepts Docker’s bridges, kept in /etc/nftables.conf.',
      'zh-CN':
        '这会放行一切流量。确认有效后，更好的做法是在其中添加放行 Docker 网桥的规则，并写入 /etc/nftables.conf。',
    },
  };
}

/** Deleting the very rule, where it can be named exactly and put back; a firewall's own rules are changed through it. */
export function deletionOf(place: RulePlace): Fix[] {
  if (ownerOf(place) !== 'administrator') return [];
  if (place.policy) return isIptables(place) ? [] : [openPolicy(place)];
  const title: Text = { en: 'Delete this rule', 'zh-CN': '删除这条规则' };
  const warning: Text = {
    en: 'Somebody put it there: find out why before you delete it. It comes back if a script or service sets it again.',
    'zh-CN': '这条规则是有人设置的：删除前请先弄清原因。若有脚本或服务会重新设置，它会再次出现。',
  };
  if (place.iptables?.startsWith('-A ')) {
    const table = place.table === 'filter' ? '' : `-t ${quoteWhereNeeded(place.table)} `;
    const tool = toolOf(place);
    const chain = quoteWhereNeeded(place.chain);
    const spec = iptablesForShell(place.iptables.slice(`-A ${place.chain} `.length));
    return [
      {
        title,
        commands: [`${tool} ${table}-D ${chain} ${spec}`],
        undo: [`${tool} ${table}-I ${chain} ${place.position ?? 1} ${spec}`],
        applies: 'at-once',
        trial: 'itself',
        warning,
      },
    ];
  }
  if (place.handle === undefined) return [];
  return [
    {
      title,
      commands: [deleteRule(place, place.handle)],
      undo: [putBack(place, place.position, place.rule)],
      applies: 'at-once',
      trial: 'itself',
      warning,
    },
  ];
}
