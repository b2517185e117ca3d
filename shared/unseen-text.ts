import { chainName } from './chain-name.ts';
import type { Text } from './text.ts';
import type { Journey, Suspect, Unseen } from './trace.ts';
import { visibleLine } from './visible.ts';

/** That netfilter dropped a packet, and where, as the kernel told: without the rule; undefined where it did not tell. */
export function netfilterText({ netfilter }: Journey): Text | undefined {
  if (netfilter === undefined) return undefined;
  const { hook, packets, tries } = netfilter;
  const en = hook === undefined ? '' : ` at the hook ${visibleLine(hook)}`;
  const zh = hook === undefined ? '' : `在钩子 ${visibleLine(hook)} 处`;
  return {
    en: `The kernel says that netfilter dropped it${en} (${packets} packets in ${tries} tries): a rule or connection tracking; which one nobody told.`,
    'zh-CN': `内核称 netfilter ${zh}丢弃了它（${tries} 次尝试中有 ${packets} 个数据包）：是某条规则或连接跟踪，但没有说明是哪一个。`,
  };
}

/** The place at which the tracer begins, and by which way packets come there. */
function sinceText({ since, device }: Unseen): Text {
  const hook = visibleLine(since.hook);
  const way = device === undefined ? undefined : visibleLine(device);
  const first = since.priority === undefined ? '' : ` (${since.priority})`;
  return {
    en: `No packet of it was seen at ${hook}${first}, where the trace begins${way === undefined ? '' : `; its way there is by ${way}`}.`,
    'zh-CN': `在跟踪的起点 ${hook}${first} 没有看到它的任何数据包${way === undefined ? '' : `；它应从 ${way} 进入`}。`,
  };
}

const named = (suspects: readonly Suspect[]) => suspects.map(chainName);

/** What is said of a flow of which the tracer saw no packet: where it begins, and what stands before that. */
export function unseenText(journey: Journey): Text[] {
  const { unseen } = journey;
  if (unseen === undefined) return [];
  const { chains, inside, filters } = unseen;
  const says = [sinceText(unseen)];
  const told = netfilterText(journey);
  if (told) says.push(told);
  const before = [
    ...named(chains),
    ...filters.map(({ device, text }) => `${visibleLine(device)}: ${visibleLine(text)}`),
  ];
  if (before.length > 0)
    says.push({
      en: `What stands before that and can end a packet: ${before.join(', ')}.`,
      'zh-CN': `在此之前可能终止数据包的有：${before.join('、')}。`,
    });
  if (inside.length > 0)
    says.push({
      en: `In the container's own network namespace: ${named(inside).join(', ')}.`,
      'zh-CN': `容器自身网络命名空间中有：${named(inside).join('、')}。`,
    });
  return says;
}
