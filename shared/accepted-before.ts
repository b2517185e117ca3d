import { isFatal } from './fatal.ts';
import { worldOf } from './place-text.ts';
import type { Text } from './text.ts';
import type { Journey, Stop } from './trace.ts';
import { visibleLine } from './visible.ts';

/**
 * The base chain that had let a packet pass by a rule before a later one on the same hook ended it: an accept ends its own
 * chain only, and its counter misleads.
 */
export function acceptedBefore(journey: Journey): Stop | undefined {
  const hook = journey.at?.hook;
  const fatal = journey.stops.findIndex((stop) => isFatal(journey, stop));
  const before = fatal < 0 ? journey.stops : journey.stops.slice(0, fatal);
  // A bridge's hooks have the same names
  const isSame = ({ family }: Stop) => (family === 'bridge') === (journey.at?.family === 'bridge');
  return before.findLast((s) => s.hook === hook && isSame(s) && s.verdict === 'accept' && !s.policy);
}

/** That in words; undefined where it does not apply. */
export function acceptedText(journey: Journey): Text | undefined {
  const earlier = acceptedBefore(journey);
  if (earlier === undefined) return undefined;
  const chain = visibleLine(`${worldOf(earlier)} ${earlier.table} ${earlier.baseChain}`);
  return {
    en: `${chain} had accepted it on the same hook before; a later base chain still decides for itself.`,
    'zh-CN': `同一钩子上的 ${chain} 之前已放行，但后面的基链仍会独立裁决。`,
  };
}
