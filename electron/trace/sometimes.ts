import type { RulePlace } from '../../shared/trace.ts';

/** Matches that let one packet by and hit the next like it, in the words of iptables and of nft. */
const SOMETIMES =
  /-m (statistic|limit|hashlimit|recent|connlimit|quota)\b|\blimit rate\b|\bmeta random\b|\bnumgen (random|inc)\b|\bct count\b|\b(quota|limit) name\b|\bquota (over|until)\b/;

/** Does this rule hit packets by chance, rate or count, and not every one of a kind? */
export function hitsSometimes({ rule, iptables }: RulePlace): boolean {
  return SOMETIMES.test(rule) || SOMETIMES.test(iptables ?? '');
}
