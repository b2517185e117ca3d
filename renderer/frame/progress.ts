import { type Run, STEP_IDS, type StepId } from '../../shared/run.ts';

/** The steps that every run goes through and that take time. */
const STEPS = STEP_IDS.filter((id) => id !== 'discover' && id !== 'before');

export interface Progress {
  step: StepId;
  /** Of the steps, how many are over. */
  over: number;
  of: number;
}

/** What a run is doing, and how far it is: counted in steps, for nobody knows how long each will take. */
export function progressOf(run: Pick<Run, 'steps'>): Progress {
  const over = STEPS.filter((id) => run.steps.some((step) => step.id === id && step.ms !== undefined)).length;
  const now = run.steps.findLast(({ ms }) => ms === undefined) ?? run.steps.at(-1);
  return { step: now?.id ?? 'connect', over, of: STEPS.length };
}
