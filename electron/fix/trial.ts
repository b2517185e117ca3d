import type { Cause } from '../../shared/cause.ts';
import { worldOf } from '../../shared/place-text.ts';
import type { RemedyPlan } from '../../shared/remedy.ts';
import type { Journey, Packet, RulePlace } from '../../shared/trace.ts';
import { quote, quoteWhereNeeded } from '../connect/quote.ts';

type TrialChange = Pick<RemedyPlan, 'title' | 'commands' | 'undo'>;

/** Tables in which an accept ends the chain that the packets died in. In nat it would leave out a translation. */
const ACCEPTING = new Set(['filter', 'raw', 'mangle', 'security']);

/**
 * The smallest change at run time that would make a cause's flows work: what its fix says, or else an accept right before the
 * rule that ends their packets. Undefined where there is none that proves anything.
 */
export function trialOf(cause: Cause, journeys: readonly Journey[]): TrialChange | undefined {
  for (const { trial, title, commands, undo } of cause.fixes) {
    if (trial === 'itself') return { title, commands, undo };
    if (trial) return { title, ...trial };
  }
  const { where } = cause;
  const packet = where && packetAt(where, cause, journeys);
  return where && packet && acceptBefore(where, packet);
}

/** A packet as it was when it died there. */
function packetAt(where: RulePlace, { explains }: Cause, journeys: readonly Journey[]): Packet | undefined {
  const died = journeys.find(
    ({ flowId, at }) =>
      explains.includes(flowId) &&
      at?.table === where.table &&
      at.chain === where.chain &&
      at.handle === where.handle &&
      at.position === where.position,
  );
  return died?.stops.at(-1)?.packet;
}

/** Both ways: an accept of the request alone would let the answer die in the same chain. */
function acceptBefore(where: RulePlace, { src, dst }: Packet): TrialChange | undefined {
  const pairs = [
    [src, dst],
    [dst, src],
  ] as const;
  const title = {
    en: `Accept packets between ${src} and ${dst} in ${where.table} ${where.chain}`,
    'zh-CN': `在 ${where.table} ${where.chain} 中放行 ${src} 与 ${dst} 之间的数据包`,
  };
  const ofIptables = where.backend === 'legacy' || where.iptables !== undefined || isIptables(where);
  if (ofIptables) {
    if (!ACCEPTING.has(where.table)) return undefined;
    const tool =
      where.backend === 'legacy' ? worldOf(where) : where.family === 'ip6' ? 'ip6tables' : 'iptables';
    const position = where.policy ? 1 : (where.position ?? 1);
    const rule = (verb: string, [from, to]: readonly [string, string]) =>
      `${tool} -t ${where.table} ${verb} -s ${quoteWhereNeeded(from)} -d ${quoteWhereNeeded(to)} -j ACCEPT`;
    const chain = quoteWhereNeeded(where.chain);
    return {
      title,
      commands: pairs.map((pair) => rule(`-I ${chain} ${position}`, pair)),
      undo: pairs.map((pair) => rule(`-D ${chain}`, pair)).reverse(),
    };
  }
  if (where.family === 'arp' || where.hook === 'postrouting' || where.hook === 'prerouting') return undefined;
  return { title, ...nftAccepts(where, pairs) };
}

/** As iptables-nft names its chains; nobody else uses capitals. */
function isIptables({ family, table, baseChain }: RulePlace): boolean {
  return (family === 'ip' || family === 'ip6') && ACCEPTING.has(table) && /^[A-Z]+$/.test(baseChain);
}

/** Taken back by the comment that each carries, for a handle is known only once there is a rule. */
function nftAccepts(
  { family, table, chain }: RulePlace,
  pairs: readonly (readonly [string, string])[],
): Pick<TrialChange, 'commands' | 'undo'> {
  const words = [family, table, chain].map(quoteWhereNeeded).join(' ');
  const comment = (n: number) => `culprit trial ${n + 1}`;
  const commands = pairs.map(([from, to], n) => {
    const ip = from.includes(':') ? 'ip6' : 'ip';
    return `nft insert rule ${words} ${quote(`${ip} saddr ${from} ${ip} daddr ${to} accept comment "${comment(n)}"`)}`;
  });
  const undo = pairs.map(
    (_, n) =>
      `nft delete rule ${words} handle "$(nft -a list chain ${words} | sed -n 's/.*comment "${comment(n)}" # handle //p')"`,
  );
  return { commands, undo: undo.reverse() };
}
