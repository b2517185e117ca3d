import type { Fix } from '../../shared/cause.ts';
import type { Text } from '../../shared/text.ts';
import { quoteWhereNeeded } from '../connect/quote.ts';

/** Read after all others, so that what Culprit sets holds after the next start as well. */
const SYSCTL_FILE = '/etc/sysctl.d/99-zz-culprit.conf';

/** Sets a kernel setting, now and, when Culprit does it, for good. */
export function sysctlFix(
  key: string,
  { from, to }: { from: string; to: string },
  said: { title: Text; warning?: Text },
): Fix {
  const set = (value: string) => [`sysctl -w ${quoteWhereNeeded(key)}=${quoteWhereNeeded(value)}`];
  const now = { commands: set(to), undo: set(from) };
  return {
    ...said,
    ...now,
    applies: 'at-once',
    applied: { edits: [{ how: 'append', path: SYSCTL_FILE, line: `${key} = ${to}` }], ...now },
    trial: now,
  };
}
