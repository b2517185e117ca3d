import { placeText } from './place-text.ts';
import { same, type Text } from './text.ts';
import type { Journey } from './trace.ts';
import { visibleLine } from './visible.ts';

/** What some of these errors mean beside their names; the others say it themselves. */
const MEANS: Record<string, Text> = {
  'frag-needed': {
    en: 'a packet was too big for the way ahead and may not be split',
    'zh-CN': '数据包对后续路径而言过大，且不允许分片',
  },
  'host-unreachable': {
    en: 'its sender has no way to that host, or no neighbour answers for it (ARP)',
    'zh-CN': '发出者没有通往该主机的路径，或没有邻居应答（ARP）',
  },
  'net-unreachable': { en: 'its sender has no route there', 'zh-CN': '发出者没有通往该处的路由' },
  'admin-prohibited': { en: 'somebody forbids it on purpose', 'zh-CN': '有人有意禁止' },
  'host-prohibited': { en: 'somebody forbids it on purpose', 'zh-CN': '有人有意禁止' },
  'net-prohibited': { en: 'somebody forbids it on purpose', 'zh-CN': '有人有意禁止' },
};

/** The ICMP error about a packet: what it says, whose it is, and what became of itself; none where there was none. */
export function icmpText({ icmpError, icmpFrom, icmpAt }: Journey): Text[] {
  if (icmpError === undefined) return [];
  const name = visibleLine(icmpError);
  const from = icmpFrom === undefined ? undefined : visibleLine(icmpFrom);
  const means = MEANS[icmpError] ?? same('');
  const said: Text = {
    en: `answered with ICMP ${name}${from === undefined ? '' : ` from ${from}`}${means.en && `: ${means.en}`}`,
    'zh-CN': `得到的 ICMP 应答：${name}${from === undefined ? '' : `，来自 ${from}`}${means['zh-CN'] && `：${means['zh-CN']}`}`,
  };
  if (icmpAt === undefined) return [said];
  const rule = visibleLine(icmpAt.iptables ?? icmpAt.rule);
  return [
    said,
    {
      en: `that error died itself, so its receiver never learnt of it: ${placeText(icmpAt, 'en')}: ${rule}`,
      'zh-CN': `该 ICMP 错误自身也被丢弃，接收者无从得知：${placeText(icmpAt, 'zh-CN')}：${rule}`,
    },
  ];
}
