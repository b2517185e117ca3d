import type { GuestChange, RemedyPlan } from '../../shared/remedy.ts';
import type { Run } from '../../shared/run.ts';

/** The fix of a run that stands in the guest, as far as the run knows: what takes it back, and what it had changed. */
export function undoOf(run: Run, id: string): { plan: RemedyPlan; fixed: GuestChange } | undefined {
  const made = run.remedies.findLast(
    ({ plan, end }) =>
      plan?.kind === 'fix' && (end === undefined || ['fixed', 'not-fixed', 'made'].includes(end.outcome)),
  );
  if (!made?.plan) return undefined;
  const { files, commands, undo, warning: _, ...rest } = made.plan;
  return {
    plan: {
      ...rest,
      kind: 'undo',
      files: files.map(({ path, before, after }) => ({ path, before: after, after: before })),
      commands: undo,
      undo: commands,
      flows: [],
      of: id,
    },
    // A run that was cut short after its fix knows what it did and not what came of it: its files still tell
    fixed: made.end?.change ?? { checked: false, lines: [], counts: [] },
  };
}
