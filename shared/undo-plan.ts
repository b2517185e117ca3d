import type { GuestChange, RemedyPlan } from './remedy.ts';
import type { Run } from './run.ts';

/** The fix of a run that stands in the guest, as far as the run knows: what takes it back, and what it had changed. */
export function undoOf(run: Run, id: string): { plan: RemedyPlan; fixed: GuestChange } | undefined {
  const made = run.remedies.findLast(
    ({ plan, stands, end }) =>
      plan?.kind === 'fix' &&
      stands !== undefined &&
      (end === undefined || ['fixed', 'not-fixed', 'made'].includes(end.outcome)),
  );
  if (!made?.plan || !made.stands) return undefined;
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
    // later, as what it started has settled by then; a run may have been cut short right after its fix
    fixed: made.end?.change?.checked ? made.end.change : made.stands,
  };
}
