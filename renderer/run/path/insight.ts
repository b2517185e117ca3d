import { acceptedBefore } from '../../../shared/accepted-before.ts';
import { dropText } from '../../../shared/drop-text.ts';
import { lostText } from '../../../shared/lost-text.ts';
import { joined, SENTENCES, type Text } from '../../../shared/text.ts';
import type { Journey, KernelDrop } from '../../../shared/trace.ts';
import { signed } from '../signed.ts';
import { line } from '../timeline/row-text.ts';
import type { Path } from './path-model.ts';

/** The one thing about a packet's way that explains most, where there is one that is true. */
export function insightOf(path: Path): Text | undefined {
  const { journey, stations } = path;
  if (journey.gap !== undefined) return undefined;
  const died = stations.find(({ fate }) => fate === 'died');
  if (died?.what === 'chains') return whyItDied(journey, died.stops[0]);
  if (journey.drop !== undefined) return dropSentence(journey.drop);
  const left = lostText(journey);
  return left.length > 0 ? (leftAsItself(path) ?? joined(left, SENTENCES)) : undefined;
}

/** It left for the internet with the address that only this machine knows; only LOG rules can't tell that. */
function leftAsItself({ journey, stations, flow }: Path): Text | undefined {
  const { last, nat, packet, stops } = journey;
  const out = stations.find((s) => s.what === 'device' && s.side === 'out');
  const toInternet = flow?.to.what.startsWith('internet-') ?? false;
  if (last?.hook !== 'postrouting' || out?.what !== 'device' || !toInternet) return undefined;
  if (packet.iif === undefined || nat !== undefined || stops.at(-1)?.seenAt !== undefined) return undefined;
  const device = line(out.device);
  const source = line(packet.src);
  return {
    en: `Every chain let it pass. It left by ${device} with the container's own address ${source}, which nothing had translated.`,
    'zh-CN': `所有链都放行了它。它从 ${device} 离开时仍带着容器自己的地址 ${source}，没有经过地址转换。`,
  };
}

function dropSentence(drop: KernelDrop): Text {
  const { en, 'zh-CN': zh } = dropText(drop);
  return { en: `No rule ended it: ${en}.`, 'zh-CN': `不是规则终止了它：${zh}。` };
}

function whyItDied(journey: Journey, fatal: Journey['stops'][number] | undefined): Text | undefined {
  if (fatal === undefined) return undefined;
  const accepted = acceptedBefore(journey);
  if (
    accepted?.priority !== undefined &&
    fatal.priority !== undefined &&
    accepted.priority < fatal.priority
  ) {
    const early = signed(accepted.priority);
    const late = signed(fatal.priority);
    return journey.end === 'rejected'
      ? {
          en: `Accepted at priority ${early}, rejected at ${late} on the same hook: an accept ends only its own chain.`,
          'zh-CN': `在优先级 ${early} 被接受，却在同一钩子的 ${late} 处被拒绝：accept 只结束它所在的链。`,
        }
      : {
          en: `Accepted at priority ${early}, dropped at ${late} on the same hook: an accept ends only its own chain.`,
          'zh-CN': `在优先级 ${early} 被接受，却在同一钩子的 ${late} 处被丢弃：accept 只结束它所在的链。`,
        };
  }
  if (fatal.policy || journey.at?.policy === true)
    return {
      en: 'No rule of this chain decided about it, so the chain’s policy did.',
      'zh-CN': '这条链中没有规则对它作出决定，因此由链的默认策略决定。',
    };
  if (journey.direction === 'reply')
    return {
      en: 'The request got through; it is the answer that died on its way back.',
      'zh-CN': '请求已经到达；是应答在返回途中终止的。',
    };
  return undefined;
}
