import { expect } from 'vitest';
import type { StepId } from '../../../shared/run.ts';
import { STEP_WORDS } from '../../../shared/words.ts';
import { WAYS } from '../../lab-cases/break-off.ts';
import { guestState, untilClean } from '../../lab-cases/state.ts';
import { bookworm, describeLab } from '../../lab-cases/suite.ts';
import { test } from '../app-test.ts';
import { newestRun, storedRun, tool, verdictHeading } from '../person.ts';
import { diagnoseAsRoot, inStep, labOptions } from './lab-app.ts';

/** Stages that last long enough to be stopped in. */
const STAGES: readonly StepId[] = ['probe', 'flow', 'trace', 'after'];
/** How soon a person expects that Stop has stopped, on a guest that takes a second to start a program. Milliseconds. */
const AT_ONCE_MS = 30_000;

describeLab('Stop', () => {
  test('works at each stage, keeps what was found, and leaves nothing in the guest', async ({ open }) => {
    const lab = await bookworm();
    await lab.reset();
    // something has to be traced, or there would be no such stage
    await lab.fault('ipt-docker-user-drop');
    const before = await guestState(lab);
    const app = await open(labOptions(lab));
    const { page } = app;
    await diagnoseAsRoot(page, lab);
    for (const stage of STAGES) {
      await inStep(page, STEP_WORDS[stage].en);
      const pressed = performance.now();
      await tool(page, 'Stop').click();
      expect(await verdictHeading(page), stage).toBe('You stopped this diagnosis');
      expect(performance.now() - pressed, stage).toBeLessThan(AT_ONCE_MS);
      expect((await untilClean(lab, before, WAYS.kill.limitMs)).left, stage).toEqual([]);
      const run = await storedRun(app, (await newestRun(app)).id);
      expect(run.ended?.how).toBe('cancelled');
      expect(run.steps.at(-1)?.id).toBe(stage);
      expect(run.facts.length > 0 || stage === 'probe', stage).toBe(true);
      if (stage !== STAGES.at(-1)) await tool(page, 'Diagnose').click();
    }
  });
});
