import type { Run, StepId } from './run.ts';

const LOOKING: readonly StepId[] = ['connect', 'probe', 'flow', 'trace', 'diagnose'];

/** The steps that a run takes, in their order, by what was ordered of it. */
export function plannedSteps({ started }: Pick<Run, 'started'>): readonly StepId[] {
  switch (started?.remedy) {
    case 'undo':
      return ['connect', 'undo'];
    case 'trial':
      return [...LOOKING, 'trial', 'after'];
    case 'fix':
      return [...LOOKING, 'after', 'fix'];
    default:
      return [...LOOKING, 'after'];
  }
}
