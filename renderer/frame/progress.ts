import type { Run, StepId } from '../../shared/run.ts';
import { plannedSteps } from '../../shared/steps.ts';

export interface Progress {
  step: StepId;
  /** Of the steps, how many are over. */
  over: number;
  of: number;
}

/** What a run is doing, and how far it is: counted in steps, for nobody knows how long each will take. */
export function progressOf(run: Pick<Run, 'started' | 'steps'>): Progress {
  const planned = plannedSteps(run);
  const over = planned.filter((id) =>
    run.steps.some((step) => step.id === id && step.ms !== undefined),
  ).length;
  const now = run.steps.findLast(({ ms }) => ms === undefined) ?? run.steps.at(-1);
  return { step: now?.id ?? 'connect', over, of: planned.length };
}
