import type { Lang } from '../../../shared/text.ts';
import type { Stop } from '../../../shared/trace.ts';
import type { Fate } from './path-model.ts';

interface PathPhrases {
  none: string;
  noneHealthy: string;
  choose: string;
  rootCause: string;
  others: string;
  picture: string;
  route: string;
  routeTo(device: string): string;
  chains(count: number): string;
  allAccept: string;
  handleOf(handle: number): string;
  seen: string;
  kernel: string;
  kernelSays: string;
  priority(priority: string): string;
  verdict: Record<Stop['verdict'], string>;
  byPolicy(verdict: string): string;
  /** Its policy decided, and how is not known. */
  leftToPolicy: string;
  fate: Record<Fate, string>;
  died: string;
  lost: string;
  as(address: string): string;
  translated(addresses: string): string;
  icmp(error: string): string;
  alike(packets: number): string;
  gap(why: string): string;
  inTimeline: string;
  noRules: string;
  rulesUnknown: string;
  seenAt: Record<NonNullable<Stop['seenAt']>, string>;
  allRules(count: number): string;
  missed(count: number, chain: string): string;
  wayDown: string;
  policy(verdict: string): string;
  rules: string;
  chain: string;
  rule: string;
  handle: string;
  close: string;
  hookSeen(hook: string): string;
  hookUnreached(hook: string): string;
  routeSays: string;
  deviceIn(device: string): string;
  deviceOut(device: string): string;
  more(count: number): string;
}

const en: PathPhrases = {
  none: 'No packet was followed.',
  noneHealthy: 'Nothing failed, so no packet had to be followed.',
  choose: 'Packet',
  rootCause: 'Root cause',
  others: 'Other packets',
  picture: 'Stations of the packet, in order',
  route: 'route',
  routeTo: (device) => `to ${device}`,
  chains: (count) => `${count} chains`,
  allAccept: 'all accept',
  handleOf: (handle) => `handle ${handle}`,
  seen: 'seen here',
  kernel: 'kernel dropped it',
  kernelSays:
    'No rule did this. The kernel threw the packet away by itself, and its own tracepoint (skb:kfree_skb) told so:',
  priority: (priority) => `priority ${priority}`,
  verdict: {
    accept: 'accepts',
    drop: 'drops',
    reject: 'rejects',
    queue: 'queues',
    unknown: 'verdict not seen',
  },
  byPolicy: (verdict) => `${verdict} by policy`,
  leftToPolicy: 'left to its policy',
  fate: { passed: 'passed', died: 'died here', lost: 'lost here', unreached: 'not reached' },
  died: 'died here',
  lost: 'lost here',
  as: (address) => `as ${address}`,
  translated: (addresses) => `Translated to ${addresses}`,
  icmp: (error) => `Answered with ICMP ${error}`,
  alike: (packets) => `${packets} packets fared exactly so.`,
  gap: (why) => `Something is missing here: ${why}`,
  inTimeline: 'Show in timeline',
  noRules: 'No rule matched here.',
  rulesUnknown: 'A LOG rule saw it here. Which of the chain’s own rules it met is not known.',
  seenAt: { start: 'seen at its start', end: 'seen at its end' },
  allRules: (count) => `All ${count} rules that matched`,
  missed: (count, chain) =>
    count === 1
      ? `A rule before it in ${chain} did not match`
      : `${count} rules before it in ${chain} did not match`,
  wayDown: 'The rules that led there',
  policy: (verdict) => `policy ${verdict}`,
  rules: 'Rules that matched',
  chain: 'Chain',
  rule: 'Rule',
  handle: 'Handle',
  close: 'Close',
  hookSeen: (hook) => `The packet was seen at the hook ${hook}; no chain of this machine told of it there.`,
  hookUnreached: (hook) => `The packet did not get as far as the hook ${hook}.`,
  routeSays: 'Here the kernel decides, by its routes and rules, where the packet goes.',
  deviceIn: (device) => `The packet came in by ${device}.`,
  deviceOut: (device) => `By ${device} the packet leaves.`,
  more: (count) => `${count} more are in the timeline`,
};

const zh: PathPhrases = {
  none: '没有跟踪任何数据包。',
  noneHealthy: '没有流量失败，因此无需跟踪数据包。',
  choose: '数据包',
  rootCause: '根本原因',
  others: '其他数据包',
  picture: '数据包依次经过的各站',
  route: '路由',
  routeTo: (device) => `发往 ${device}`,
  chains: (count) => `${count} 条链`,
  allAccept: '全部放行',
  handleOf: (handle) => `句柄 ${handle}`,
  seen: '在此出现',
  kernel: '被内核丢弃',
  kernelSays: '这不是规则所为。内核自行丢弃了该数据包，并由其跟踪点（skb:kfree_skb）报告：',
  priority: (priority) => `优先级 ${priority}`,
  verdict: { accept: '放行', drop: '丢弃', reject: '拒绝', queue: '排队', unknown: '未见裁决' },
  byPolicy: (verdict) => `默认策略${verdict}`,
  leftToPolicy: '由默认策略决定',
  fate: { passed: '已通过', died: '在此终止', lost: '在此丢失', unreached: '未到达' },
  died: '在此终止',
  lost: '在此丢失',
  as: (address) => `变为 ${address}`,
  translated: (addresses) => `地址转换为 ${addresses}`,
  icmp: (error) => `得到 ICMP 应答 ${error}`,
  alike: (packets) => `共有 ${packets} 个数据包经历相同。`,
  gap: (why) => `此处有缺失：${why}`,
  inTimeline: '在时间线中显示',
  noRules: '此处没有匹配的规则。',
  rulesUnknown: '有一条 LOG 规则在此看到了它。它遇到了此链自身的哪些规则则不得而知。',
  seenAt: { start: '在链首看到', end: '在链尾看到' },
  allRules: (count) => `全部 ${count} 条匹配的规则`,
  missed: (count, chain) => `${chain} 中其前有 ${count} 条规则未匹配`,
  wayDown: '通向该处的规则',
  policy: (verdict) => `默认策略 ${verdict}`,
  rules: '匹配的规则',
  chain: '链',
  rule: '规则',
  handle: '句柄',
  close: '关闭',
  hookSeen: (hook) => `数据包在钩子 ${hook} 出现过；这台机器上没有链在此处理它。`,
  hookUnreached: (hook) => `数据包没有到达钩子 ${hook}。`,
  routeSays: '内核在这里根据路由和策略规则决定数据包的去向。',
  deviceIn: (device) => `数据包从 ${device} 进入。`,
  deviceOut: (device) => `数据包从 ${device} 离开。`,
  more: (count) => `时间线中还有 ${count} 个`,
};

/** What the picture of a packet's way says. */
export const PATH_PHRASES: Record<Lang, PathPhrases> = { en, 'zh-CN': zh };
