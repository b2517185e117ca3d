import type { FlowResult } from '../../shared/flow.ts';
import { originKey } from '../flow/script.ts';

/**
 * Flows about a mistake itself: that somebody is absent or paused, that a wrong server is asked. Mended, there is nothing to
 * try.
 */
const ABOUT_A_MISTAKE = new Set([
  'absent-mate',
  'frozen-mate',
  'dns-server',
  'searched-name',
  'searched-mate',
]);

/** How a flow that failed fares after a fix. */
export type Fate = 'works' | 'gone' | 'fails';

/**
 * What became of a flow that failed, by what was tried after a fix: `gone` where there is nothing left to try of it, and
 * something else works from where it started. Any other that could not be tried any more did not work.
 */
export function fateOf(before: FlowResult, after: readonly FlowResult[]): Fate {
  const again = after.find(({ id }) => id === before.id);
  if (again) return again.outcome === 'ok' ? 'works' : 'fails';
  const from = originKey(before.from);
  // that it answers anybody says that it is not frozen any more
  const reached = (f: FlowResult) => before.kind === 'frozen-mate' && f.to.container === before.to.container;
  const alive = after.some((f) => f.outcome === 'ok' && (originKey(f.from) === from || reached(f)));
  return ABOUT_A_MISTAKE.has(before.kind) && alive ? 'gone' : 'fails';
}
