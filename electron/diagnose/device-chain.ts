import type { NftChain, NftRule, Ruleset } from '../probe/lib/nft-model.ts';
import { type KnownPacket, partsOf, statementsFor } from '../trace/rule-parts.ts';
import { chainCalled, DEEPEST, withoutCounter } from './nft-rule.ts';

/** What a chain at a device does to a packet that is lost by it. */
export interface ChainEnd {
  how: 'drops' | 'diverts';
  /** None: the chain's own policy. */
  rule?: NftRule;
  /** In nft's words. */
  text: string;
  /** The rule asks for more than is known of the packet, one of whose addresses is not known. */
  unsure: boolean;
}

/**
 * The first rule of a netdev chain, or of one that it jumps to, that drops a packet or sends it to another device (`fwd`).
 * What can't be known afterwards counts against a rule that ends packets, and not for one that lets them pass. Undefined
 * where there is none.
 */
export function endAtDevice(chain: NftChain, packet: KnownPacket, ruleset: Ruleset): ChainEnd | undefined {
  const found = walk(chain, packet, ruleset, DEEPEST);
  if (typeof found === 'object') return found;
  if (found === 'accept' || chain.base?.policy !== 'drop') return undefined;
  return { how: 'drops', text: 'policy drop', unsure: false };
}

type Found = ChainEnd | 'accept' | 'end';

function walk(chain: NftChain, packet: KnownPacket, ruleset: Ruleset, deep: number): Found {
  const known = packet.src !== undefined && packet.dst !== undefined;
  for (const rule of chain.rules) {
    const parts = partsOf(rule.expr, packet, ruleset, rule);
    if (parts.some(({ holds }) => holds === false)) continue;
    const sure = parts.every(({ holds }) => holds === true);
    const statements = statementsFor(rule, packet, ruleset);
    const says = (what: string) => statements.find((statement) => what in statement)?.[what];
    const found = { rule, text: withoutCounter(rule.text), unsure: !known && !sure };
    if (says('drop') !== undefined) return { how: 'drops', ...found };
    if (says('fwd') !== undefined) return { how: 'diverts', ...found };
    if (says('accept') !== undefined && sure) return 'accept';
    if (says('return') !== undefined && sure) return 'end';
    const inner = chainCalled(statements, chain, ruleset);
    if (!inner || deep === 0) continue;
    const inside = walk(inner, packet, ruleset, deep - 1);
    if (typeof inside === 'object') return inside;
    if (sure && (inside === 'accept' || says('goto') !== undefined)) return inside;
  }
  return 'end';
}
