import { expect } from 'vitest';
import { STEP_WORDS } from '../../../shared/words.ts';
import { labUp } from '../../lab/lab.ts';
import { WAYS } from '../../lab-cases/break-off.ts';
import { say } from '../../lab-cases/lab-at.ts';
import { guestState, untilClean } from '../../lab-cases/state.ts';
import { bookworm, describeLab } from '../../lab-cases/suite.ts';
import { test } from '../app-test.ts';
import { row, tool, verdict, verdictHeading } from '../person.ts';
import { diagnoseAsRoot, inStep, labOptions } from './lab-app.ts';

describeLab('a run that is broken off', () => {
  test('by SIGKILL: nothing stays in the guest; after the restart it is there as far as it got, and can be begun again', async ({
    open,
  }) => {
    const lab = await bookworm();
    await lab.reset();
    await lab.fault('ipt-docker-user-drop');
    const before = await guestState(lab);
    const options = labOptions(lab);
    const app = await open(options);
    await diagnoseAsRoot(app.page, lab);
    await inStep(app.page, STEP_WORDS.trace.en);
    await app.kill();
    expect((await untilClean(lab, before, WAYS.kill.limitMs)).left).toEqual([]);

    const again = await open(options);
    const { page } = again;
    await row(page, /^docker-vm .*Broken off/).click();
    expect(await verdictHeading(page)).toBe('This diagnosis was broken off');
    const timeline = page.getByRole('region', { name: 'Timeline' });
    for (const kind of ['Probes', 'Flows']) {
      expect(await timeline.getByRole('button', { name: new RegExp(`^${kind}, [1-9]`) }).count(), kind).toBe(
        1,
      );
    }
    await expect.poll(() => tool(page, 'Diagnose').isEnabled()).toBe(true);
    await tool(page, 'Diagnose').click();
    await inStep(page, STEP_WORDS.probe.en);
    await tool(page, 'Stop').click();
    expect(await verdictHeading(page)).toBe('You stopped this diagnosis');
  });

  // The last one: it switches the machine off.
  test('because the VM was switched off: says what happened, keeps what it has, and the sidebar knows', async ({
    open,
  }) => {
    // Started anew where a first try has switched it off.
    const lab = await labUp('bookworm', { say });
    const app = await open(labOptions(lab));
    const { page } = app;
    await diagnoseAsRoot(page, lab);
    await inStep(page, STEP_WORDS.flow.en);
    // As when somebody pulls the plug: the kernel is gone without a word.
    await lab.ssh('echo o >/proc/sysrq-trigger', { timeoutMs: 10_000 });
    expect(await verdictHeading(page)).toBe('The diagnosis could not be finished');
    // Which of them depends on what is noticed first: that nobody answers any more, or what VirtualBox says.
    expect(await verdict(page).innerText()).toMatch(/connection|The VM went off during the run/i);
    await page
      .getByRole('region', { name: 'Timeline' })
      .getByRole('button', { name: /^Probes, [1-9]/ })
      .waitFor();
    await row(page, /^docker-vm Powered off/).waitFor({ timeout: 60_000 });
    await page.getByRole('note').filter({ hasText: 'not running now' }).waitFor();
    expect(await tool(page, 'Diagnose').isEnabled()).toBe(false);
  });
});
