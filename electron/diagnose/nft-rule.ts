import type { RulePlace } from '../../shared/trace.ts';
import { quoteWhereNeeded } from '../connect/quote.ts';
import { findChain, type NftChain, type Ruleset } from '../probe/lib/nft-model.ts';
import { steadyText } from '../trace/steady-text.ts';

type ChainPlace = Pick<RulePlace, 'family' | 'table' | 'chain'>;

const chainWords = ({ family, table, chain }: ChainPlace) =>
  [family, table, chain].map(quoteWhereNeeded).join(' ');

/** The command that deletes a rule of nft. */
export function deleteRule(place: ChainPlace, handle: number): string {
  return `nft delete rule ${chainWords(place)} handle ${handle}`;
}

/**
 * The command that puts a rule back to its place in the chain (from 1) once it was deleted; first where that is not known.
 * `rule`: its text as nft lists it; a counter begins anew.
 */
export function putBack(place: ChainPlace, position: number | undefined, rule: string): string {
  const at = position === undefined || position <= 1 ? '' : ` index ${position - 2}`;
  return `nft ${at === '' ? 'insert' : 'add'} rule ${chainWords(place)}${at} ${quoteWhereNeeded(steadyText(rule))}`;
}

/** The command that gives a base chain another policy: naming it again keeps the rest of it. */
export function setPolicy({ family, table, name }: NftChain, policy: 'accept' | 'drop'): string {
  return `nft chain ${chainWords({ family, table, chain: name })} ${quoteWhereNeeded(`{ policy ${policy}; }`)}`;
}

/** A rule's text as people say it. */
export function withoutCounter(text: string): string {
  return text.replace(/ ?counter packets \d+ bytes \d+/, '');
}

/** Jumps that are followed, one within the other (NFT_JUMP_STACK_SIZE). */
export const DEEPEST = 16;

/** The chain that one of a rule's statements jumps to, or goes on in. */
export function chainCalled(
  statements: readonly Record<string, unknown>[],
  { family, table }: Pick<NftChain, 'family' | 'table'>,
  ruleset: Ruleset,
): NftChain | undefined {
  const call = statements.flatMap(({ jump, goto }) => jump ?? goto ?? [])[0];
  if (typeof call !== 'object' || call === null || !('target' in call)) return undefined;
  return findChain(ruleset, family, table, String(call.target));
}
