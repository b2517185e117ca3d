import { expect } from 'vitest';
import { bookworm, describeLab } from '../../lab-cases/suite.ts';
import { test } from '../app-test.ts';
import { answerSheet, RUN_MS, row, sheet, verdict, verdictHeading } from '../person.ts';
import { diagnoseAsRoot, labOptions } from './lab-app.ts';

describeLab('a fix', () => {
  test('is shown before it is made, makes the flows work, and is taken back from its run', async ({
    open,
  }) => {
    const lab = await bookworm();
    await lab.reset();
    await lab.fault('nft-inet-prerouting-early-drop');
    const rules = () => lab.ssh('nft list chain inet guard early');
    const app = await open(labOptions(lab));
    const { page } = app;
    await diagnoseAsRoot(page, lab);
    expect(await verdictHeading(page)).toContain('inet guard early');

    // Seen, and not wanted: nothing changes.
    await verdict(page).getByRole('button', { name: 'Fix…' }).click();
    const asks = sheet(page, /^Fix “docker-vm”\?/);
    await asks.waitFor({ timeout: RUN_MS });
    expect(await asks.innerText()).toContain('nft delete rule inet guard early handle');
    await answerSheet(page, /^Fix “docker-vm”\?/, 'Cancel');
    expect(await verdictHeading(page)).toContain('inet guard early');
    expect((await rules()).stdout).toContain('drop');

    await verdict(page).getByRole('button', { name: 'Fix…' }).click();
    await asks.waitFor({ timeout: RUN_MS });
    await answerSheet(page, /^Fix “docker-vm”\?/, 'Fix It');
    const fixed = page.getByRole('region', { name: 'The fix' });
    await fixed
      .getByRole('row', { name: /203\.0\.113|1\.1\.1\.1/ })
      .first()
      .waitFor({ timeout: RUN_MS });
    expect(await verdict(page).innerText()).toMatch(/^Fixed/i);
    expect((await rules()).stdout).not.toContain('drop');

    await fixed.getByRole('button', { name: 'Undo…' }).click();
    await sheet(page, /^Take the fix in “docker-vm” back\?/).waitFor({ timeout: RUN_MS });
    await answerSheet(page, /^Take the fix in “docker-vm” back\?/, 'Take It Back');
    await page.getByRole('region', { name: 'The fix, taken back' }).waitFor({ timeout: RUN_MS });
    expect((await rules()).stdout).toContain('drop');
    // both runs stay in the list
    await row(page, /taken back/)
      .first()
      .waitFor();
  });
});
