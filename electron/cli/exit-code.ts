import type { Run } from '../../shared/run.ts';
import type { TroubleCode } from '../../shared/trouble.ts';

/** What the command's exit codes mean; README.md tells users. */
export const EXIT = { healthy: 0, problem: 1, cannotTell: 2, notReached: 3, cancelled: 130 } as const;

/** Troubles after the machine had been reached: the run is cut short, which is no verdict. */
const AFTER_CONNECTING: readonly string[] = [
  'connection-lost',
  'recording-lacks-command',
] satisfies TroubleCode[];

/** The exit code for a run that is over. */
export function exitCode(run: Run): number {
  if (run.ended?.how === 'cancelled') return EXIT.cancelled;
  if (run.troubles.some((trouble) => !AFTER_CONNECTING.includes(trouble.code))) return EXIT.notReached;
  switch (run.verdict?.verdict) {
    case 'healthy':
      return EXIT.healthy;
    case 'problem':
      return EXIT.problem;
    default:
      return EXIT.cannotTell;
  }
}
