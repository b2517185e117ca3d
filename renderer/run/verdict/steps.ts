import type { Run, StepId } from '../../../shared/run.ts';

/** The steps that every run takes, in their order. */
const PLANNED: readonly StepId[] = ['connect', 'probe', 'flow', 'trace', 'diagnose', 'after'];

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
  const extra = [...taken.keys()].filter((id) => !PLANNED.includes(id));
  return [...extra, ...PLANNED].map((id) => {
    const step = taken.get(id);
    if (step === undefined) return { id, state: 'waiting' };
    if (step.ms === undefined) return { id, state: 'doing', began: step.began };
    return { id, state: 'done', began: step.began, ms: step.ms };
  });
}
