import { worldOf } from './place-text.ts';
import type { Journey, Stop } from './trace.ts';

/** Is this the stop at which the packet ended? */
export function isFatal(journey: Journey, stop: Stop): boolean {
  const { at } = journey;
  if (at === undefined) return stop.verdict === 'drop' || stop.verdict === 'reject';
  return (
    worldOf(stop) === worldOf(at) &&
    stop.table === at.table &&
    stop.hook === at.hook &&
    stop.baseChain === at.baseChain &&
    stop.verdict !== 'accept'
  );
}
