import type { Again } from '../../shared/again.ts';
import { quoteWhereNeeded } from '../connect/quote.ts';

const COMMAND = ['npm', 'run', 'diagnose', '--'];
/** What orders a change, and what agrees to it beforehand. */
const FLAGS = ['--trial', '--yes'];
const VALUES = ['--fix', '--undo'];

/**
 * The command that takes up a run whose connection was lost: the same once more, but for a change that came to its end. A VM
 * that is off or paused by now is started or resumed by it.
 */
export function againCommand(argv: readonly string[], { kind }: Again): string {
  const kept = kind === 'look' ? withoutOrder(argv) : [...argv];
  const isVm = argv.some((word) => word === '--vm' || word.startsWith('--vm='));
  if (isVm && !kept.includes('--start')) kept.push('--start');
  return [...COMMAND, ...kept].map(quoteWhereNeeded).join(' ');
}

function withoutOrder(argv: readonly string[]): string[] {
  return argv.filter(
    (word, n) =>
      !FLAGS.includes(word) &&
      !VALUES.includes(word) &&
      !VALUES.includes(argv[n - 1] ?? '') &&
      !VALUES.some((option) => word.startsWith(`${option}=`)),
  );
}
