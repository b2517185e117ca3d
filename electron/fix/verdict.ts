import type { Verdict } from '../../shared/cause.ts';
import type { FlowResult } from '../../shared/flow.ts';
import type { Text } from '../../shared/text.ts';
import { fixedSays } from './sayings.ts';
import { fateOf } from './settled.ts';

/** The verdict after a fix: `fixed` where all that failed works or is gone; undefined where it stays as it was. */
export function fixedVerdict(
  bad: readonly FlowResult[],
  after: readonly FlowResult[],
): { verdict: Verdict; says: Text } | undefined {
  const fates = bad.map((flow) => fateOf(flow, after));
  if (bad.length === 0 || fates.includes('fails')) return undefined;
  return { verdict: 'fixed', says: fixedSays('fixed', fates) };
}
