import type { Verdict } from '../../shared/cause.ts';
import type { Run } from '../../shared/run.ts';
import type { TroubleCode } from '../../shared/trouble.ts';

/** What the command's exit codes mean; README.md tells users. */
export const EXIT = { healthy: 0, problem: 1, cannotTell: 2, notReached: 3, cancelled: 130 } as const;

const BY_VERDICT: Record<Verdict, number> = {
  healthy: EXIT.healthy,
  problem: EXIT.problem,
  'cannot-tell': EXIT.cannotTell,
  fixed: EXIT.healthy,
};

/** The exit code for a verdict; there is none where something was cut short. */
export function verdictExit(verdict: Verdict | undefined): number {
  return verdict === undefined ? EXIT.cannotTell : BY_VERDICT[verdict];
}

/** Troubles after the machine had been reached: the run is cut short, which is no verdict. */
const AFTER_CONNECTING: readonly string[] = [
  'connection-lost',
  'recording-lacks-command',
] satisfies TroubleCode[];

/** The exit code for a run that is over. */
export function exitCode(run: Run): number {
  if (run.ended?.how === 'cancelled') return EXIT.cancelled;
  if (run.troubles.some((trouble) => !AFTER_CONNECTING.includes(trouble.code))) return EXIT.notReached;
  const undo = run.remedies.find(({ plan }) => plan?.kind === 'undo');
  if (undo) return undo.end?.outcome === 'undone' ? EXIT.healthy : EXIT.cannotTell;
  return verdictExit(run.verdict?.verdict);
}
