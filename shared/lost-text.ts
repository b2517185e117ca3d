import { chainName } from './chain-name.ts';
import { same, type Text } from './text.ts';
import type { Journey } from './trace.ts';
import { netfilterText, unseenText } from './unseen-text.ts';
import { visibleLine } from './visible.ts';

/** What comes after each hook, besides chains. */
const BEHIND: Record<string, 'route' | 'program' | 'kernel' | 'device'> = {
  ingress: 'route',
  prerouting: 'route',
  input: 'program',
  forward: 'kernel',
  output: 'kernel',
  postrouting: 'device',
};

const LEFT: Record<'route' | 'program' | 'kernel' | 'device', Text> = {
  route: {
    en: 'What is left: no route to there, a sender that the reverse path filter does not believe, forwarding that is off.',
    'zh-CN': '剩下的可能：没有通往目的地的路由、反向路径过滤不认可其来源、转发已关闭。',
  },
  program: {
    en: 'What is left: the program it was for, which does not listen there or does not read.',
    'zh-CN': '剩下的可能：接收它的程序没有在监听，或没有读取。',
  },
  kernel: {
    en: 'What is left: the kernel itself, between this hook and the next one.',
    'zh-CN': '剩下的可能：内核自身，在此钩子与下一个钩子之间。',
  },
  device: {
    en: 'What is left: a queue of that device (tc), a neighbour that does not answer (ARP), whatever lies behind it, or an answer that was lost before it was seen here.',
    'zh-CN':
      '剩下的可能：该设备的队列（tc）、没有应答的邻居（ARP）、其后的网络，或在此处看到之前就已丢失的应答。',
  },
};

const NO_RULE: Record<'route' | 'program' | 'kernel', Text> = {
  route: {
    en: 'It was last seen before the kernel chose a route, and in no chain after that: no rule ended it.',
    'zh-CN': '它最后出现在内核选择路由之前，此后的任何链都没有看到它：不是规则终止了它。',
  },
  program: {
    en: 'Every chain let it pass on its way to a program of the guest; no answer came back.',
    'zh-CN': '在送往虚拟机内程序的途中，所有链都放行了它，但没有收到应答。',
  },
  kernel: {
    en: 'Every chain that saw it let it pass, and no later hook saw it.',
    'zh-CN': '看到它的所有链都放行了它，但之后的钩子都没有看到它。',
  },
};

/**
 * What a lost packet leaves open, as whole sentences: whether a rule can have ended it, by which device it left, and what is
 * left to suspect. Where no packet was seen at all, what stands before the trace. None where the kernel told how it dropped the
 * packet, or where something is missing from the journey or from what its last chain decided.
 */
export function lostText(journey: Journey): Text[] {
  const { last, drop, gap, end } = journey;
  const behind = last && BEHIND[last.hook];
  if (end !== 'lost' || drop !== undefined) return [];
  if (journey.unseen !== undefined) return unseenText(journey);
  const byNetfilter = netfilterText(journey);
  if (gap !== undefined || behind === undefined) return byNetfilter ? [byNetfilter] : [];
  const oif = last?.oif === undefined ? undefined : visibleLine(last.oif);
  const stop = journey.stops.at(-1);
  if (byNetfilter) return [byNetfilter, ...(stop?.seenAt === undefined ? [] : [byLog(journey)])];
  // What this chain decided was not told: it may have ended it
  if (stop?.verdict === 'unknown' && stop.seenAt === undefined) return [];
  if (stop?.seenAt !== undefined) return [byLog(journey), ...leaving(behind, oif), LEFT[behind]];
  if (behind !== 'device') return [NO_RULE[behind], LEFT[behind]];
  return oif === undefined ? [LEFT.device] : [left(oif), LEFT.device];
}

function left(oif: string): Text {
  return {
    en: `Every chain let it pass and it left by ${oif}; no answer came back.`,
    'zh-CN': `所有链都放行了它，它已从 ${oif} 离开，但没有收到应答。`,
  };
}

/** The device by which it was to leave, where only LOG rules saw it. */
function leaving(behind: string, oif: string | undefined): Text[] {
  if (behind !== 'device' || oif === undefined) return [];
  return [{ en: `It was to leave by ${oif}.`, 'zh-CN': `它本应从 ${oif} 离开。` }];
}

/** What LOG rules leave open: they tell how far a packet got, and not which rule it met. */
function byLog({ suspects }: Journey): Text {
  if (suspects === undefined)
    return {
      en: 'LOG rules followed it, which name no rule; which chains stand behind that place is not known.',
      'zh-CN': '它由 LOG 规则跟踪，无法得知是哪条规则；其后有哪些链也不清楚。',
    };
  if (suspects.length === 0)
    return {
      en: 'LOG rules followed it, and no chain behind that place has anything that ends packets: no rule ended it.',
      'zh-CN': '它由 LOG 规则跟踪，其后没有任何链会终止数据包：不是规则终止了它。',
    };
  const names = suspects.map(chainName);
  return {
    en: `LOG rules followed it, which name no rule. Chains behind that place that can end a packet: ${names.join(', ')}.`,
    'zh-CN': `它由 LOG 规则跟踪，无法得知是哪条规则。其后可能终止数据包的链：${names.join('、')}。`,
  };
}

/** Where a lost packet was seen last, as a sentence; empty where nothing is known of that. */
export function lastSeenText({ last, packet }: Journey): Text {
  if (last === undefined) return same('');
  const ends = visibleLine(`${packet.src} → ${packet.dst}`);
  const between = visibleLine([last.iif, last.oif].map((name) => name ?? '·').join(' → '));
  return {
    en: `A packet ${ends} was last seen at the hook ${last.hook} (${between}).`,
    'zh-CN': `数据包 ${ends} 最后出现在钩子 ${last.hook}（${between}）。`,
  };
}
