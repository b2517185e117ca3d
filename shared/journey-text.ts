import { acceptedText } from './accepted-before.ts';
import { dropText } from './drop-text.ts';
import { isFatal } from './fatal.ts';
import { icmpText } from './icmp-text.ts';
import { lostText } from './lost-text.ts';
import { placeText, worldOf } from './place-text.ts';
import type { Lang } from './text.ts';
import type { Journey, MissedRule, Packet, Stop } from './trace.ts';
import { visibleLine } from './visible.ts';
import { columns } from './width.ts';
import { DIRECTION_WORDS, END_WORDS } from './words.ts';

const WORDS = {
  en: {
    died: '← the packet died here',
    policy: 'policy',
    to: 'translated to',
    gap: 'missing',
    handle: 'handle',
    rule: 'rule',
    last: 'last seen at hook',
    alike: 'packets that fared exactly so:',
    missed: 'did not match before it in this chain:',
    start: 'seen at its start',
    end: 'seen at its end',
    has: (value: string) => `the packet has ${value}`,
  },
  'zh-CN': {
    died: '← 数据包在此终止',
    policy: '默认策略',
    to: '地址转换为',
    gap: '缺失',
    handle: '句柄',
    rule: '规则',
    last: '最后出现在钩子',
    alike: '经历相同的数据包数：',
    missed: '此链中位于其前且未匹配的规则：',
    start: '在链首看到',
    end: '在链尾看到',
    has: (value: string) => `数据包为 ${value}`,
  },
} satisfies Record<Lang, Record<string, string | ((value: string) => string)>>;

/** `1.1.1.1:80`, `[2606:4700::1]:80`. */
export function endpoint(address: string, port: number | undefined): string {
  if (port === undefined) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** From where a packet goes where: `172.17.0.2 → 1.1.1.1:80 tcp`. The port it comes from tells nobody anything. */
export function packetEnds({ src, dst, dport, proto }: Packet): string {
  return `${src} → ${endpoint(dst, dport)} ${proto}`;
}

/** A packet's addresses: `172.17.0.2:41234 → 1.1.1.1:80 tcp`. */
export function packetText(packet: Packet): string {
  const flags = packet.flags === undefined ? '' : ` ${packet.flags}`;
  const from = endpoint(packet.src, packet.sport);
  return `${from} → ${endpoint(packet.dst, packet.dport)} ${packet.proto}${flags}`;
}

function devices({ iif, oif }: Pick<Packet, 'iif' | 'oif'>): string {
  if (iif === undefined && oif === undefined) return '';
  return `${iif ?? '·'} → ${oif ?? '·'}`;
}

/** The rules on the way down to the last one: jumps into chains where nothing held the packet are left out. */
export function wayDown(rules: Stop['rules']): Stop['rules'] {
  const kept: Stop['rules'] = [];
  for (const rule of rules.toReversed()) {
    const next = kept[0];
    if (next === undefined || rule.target === undefined || rule.target === next.chain) kept.unshift(rule);
  }
  return kept;
}

/** A rule by handle, or by its place in the chain where the tracer counts rules. */
function ruleName(rule: { handle?: number | undefined; position?: number | undefined }, lang: Lang): string {
  const words = WORDS[lang];
  if (rule.handle !== undefined) return `${words.handle} ${rule.handle}`;
  return rule.position === undefined ? '' : `${words.rule} ${rule.position}`;
}

function ruleRows(rules: Stop['rules'], lang: Lang): string[][] {
  return wayDown(rules).map((rule) => [
    `      ${rule.chain}`,
    ruleName(rule, lang),
    rule.text === '' ? `${rule.verdict} ${rule.target ?? ''}`.trim() : rule.text,
  ]);
}

/** Where a packet got to that was lost: the rules it met last, though what they decided was not told. */
function lastRules(journey: Journey, stop: Stop, lang: Lang): string[] {
  const isLast = journey.end === 'lost' && stop === journey.stops.at(-1);
  return isLast && stop.verdict === 'unknown' && !stop.policy ? columns(ruleRows(stop.rules, lang)) : [];
}

/** The rules that matched in the fatal chain, the last of them marked. */
function fatalRules(journey: Journey, stop: Stop, lang: Lang): string[] {
  const words = WORDS[lang];
  const rows = ruleRows(stop.rules, lang);
  const { at } = journey;
  const shown =
    at === undefined || at.policy || stop.rules.some((r) => r.chain === at.chain && r.handle === at.handle);
  if (at !== undefined && !shown) {
    rows.push([`      ${at.chain}`, ruleName(at, lang), at.rule]);
  }
  if (stop.policy || at?.policy)
    rows.push([`      ${stop.baseChain}`, words.policy, at?.rule ?? stop.verdict]);
  const lines = columns(rows);
  return lines.map((line, i) => (i === lines.length - 1 ? `${line}  ${words.died}` : line));
}

/** Why a rule did not match, as far as that is known: `iifname "eth0": the packet has docker0`. */
export function missedText({ wanted, has }: MissedRule, lang: Lang): string {
  if (wanted === undefined) return '';
  return has === undefined ? wanted : `${wanted}: ${WORDS[lang].has(has)}`;
}

/** The rules of the fatal chain that came before and did not match, each with what did not fit. */
function missedRules({ missed = [] }: Journey, lang: Lang): string[] {
  if (missed.length === 0) return [];
  const rows = missed.map((rule) => {
    const why = missedText(rule, lang);
    return [`        ${ruleName(rule, lang)}`, rule.rule, why === '' ? '' : `≠ ${why}`];
  });
  return [`      ${WORDS[lang].missed}`, ...columns(rows).map((line) => line.trimEnd())];
}

/**
 * A packet's way as lines of fixed-width text: each base chain it went through in order, the fatal one marked with ✗
 * and followed by the rules that matched there.
 */
export function journeyLines(journey: Journey, lang: Lang): string[] {
  const words = WORDS[lang];
  const heads = columns(
    journey.stops.map((stop) => [
      isFatal(journey, stop) ? '✗' : ' ',
      stop.hook,
      String(stop.priority ?? ''),
      `${worldOf(stop)} ${stop.table} ${stop.baseChain}`,
      devices(stop.packet),
      stop.seenAt ? words[stop.seenAt] : stop.policy ? `${stop.verdict} (${words.policy})` : stop.verdict,
    ]),
  );
  const lines = [`${DIRECTION_WORDS[journey.direction][lang]}: ${packetText(journey.packet)}`];
  journey.stops.forEach((stop, i) => {
    lines.push(heads[i] ?? '');
    if (isFatal(journey, stop)) {
      lines.push(...fatalRules(journey, stop, lang), ...missedRules(journey, lang));
      const accepted = acceptedText(journey);
      if (accepted !== undefined) lines.push(`      ${accepted[lang]}`);
    } else lines.push(...lastRules(journey, stop, lang));
  });
  if (journey.nat !== undefined) {
    const { src, dst, sport, dport } = journey.nat;
    lines.push(`  ${words.to} ${endpoint(src, sport)} → ${endpoint(dst, dport)}`);
  }
  const where = journey.at === undefined ? '' : ` · ${placeText(journey.at, lang)}`;
  lines.push(`= ${END_WORDS[journey.end][lang]}${where}`);
  if (journey.at === undefined && journey.last !== undefined) {
    lines.push(`  ${words.last} ${journey.last.hook}  ${devices(journey.last)}`.trimEnd());
  }
  lines.push(...lostText(journey).map((says) => `  ${says[lang]}`));
  if (journey.drop !== undefined) lines.push(`  ${dropText(journey.drop)[lang]}`);
  lines.push(...icmpText(journey).map((says) => `  ${says[lang]}`));
  if (journey.packets !== undefined) lines.push(`  ${words.alike} ${journey.packets}`);
  if (journey.gap !== undefined) lines.push(`  ${words.gap}: ${journey.gap[lang]}`);
  return lines.map(visibleLine);
}
