import type { Run, StepId } from '../../../shared/run.ts';
import { plannedSteps } from '../../../shared/steps.ts';

export interface StepView {
  id: StepId;
  state: 'done' | 'doing' | 'waiting';
  /** Milliseconds since the run began. */
  began?: number;
  ms?: number;
}

/** How far a run is: each step that was taken or is to come. */
export function stepsOf(run: Run): StepView[] {
  const taken = new Map(run.steps.map((step) => [step.id, step]));
  const planned = plannedSteps(run);
  const extra = [...taken.keys()].filter((id) => !planned.includes(id));
  return [...extra, ...planned].map((id) => {
    const step = taken.get(id);
    if (step === undefined) return { id, state: 'waiting' };
    if (step.ms === undefined) return { id, state: 'doing', began: step.began };
    return { id, state: 'done', began: step.began, ms: step.ms };
  });
}
