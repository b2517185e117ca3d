import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { reportMarkdown } from '../../../electron/report/markdown.ts';
import { WAYS } from '../../lab-cases/break-off.ts';
import { guestState, untilClean } from '../../lab-cases/state.ts';
import { bookworm, describeLab } from '../../lab-cases/suite.ts';
import { test } from '../app-test.ts';
import {
  giveSecret,
  newestRun,
  row,
  sheet,
  stateOf,
  storedRun,
  tool,
  verdict,
  verdictHeading,
} from '../person.ts';
import { shows } from '../terminal-driver.ts';
import { diagnoseAs, labOptions, RUNNING } from './lab-app.ts';

const PASSWORD = 'Password for docker-vm';
const SUDO = 'Administrator password for docker-vm';
const UNKNOWN = 'Is this really docker-vm?';

describeLab('the application on a real VM', () => {
  test('finds it, logs in with what it is told, names the culprit, exports it, and leaves nothing behind', async ({
    open,
  }) => {
    const lab = await bookworm();
    await lab.reset();
    await lab.fault('fw-docker0-not-in-zone');
    // sudo's own time stamp and marker, as on any machine that was used
    await lab.ssh(`echo ${lab.password} | sudo -S -p '' true`, { user: 'dev' });
    const before = await guestState(lab);
    const options = labOptions(lab);
    const app = await open(options);
    const { page } = app;

    await expect.poll(() => row(page, RUNNING).innerText()).toContain(`127.0.0.1:${lab.port}`);
    await row(page, /^Old "web" box.*Powered off/).waitFor();
    await diagnoseAs(page, lab.user);

    const unknown = sheet(page, UNKNOWN);
    await unknown.waitFor();
    const [print = 'none'] = /SHA256:\S+/.exec(await unknown.innerText()) ?? [];
    const keys = await lab.ssh('for k in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf "$k"; done');
    expect(keys.stdout).toContain(` ${print} `);
    await unknown.getByRole('button', { name: 'Trust This Key' }).click();

    await giveSecret(page, PASSWORD, 'guess');
    await sheet(page, PASSWORD).getByText('That was not right').waitFor();
    await giveSecret(page, PASSWORD, lab.password);
    await giveSecret(page, SUDO, 'guess');
    await sheet(page, SUDO).getByText('That was not right').waitFor();
    await giveSecret(page, SUDO, lab.password);

    expect(await verdictHeading(page)).toContain('firewalld rejects what docker0 forwards');
    const rules = await lab.ssh('nft -a list chain inet firewalld filter_FWD_public');
    const [, handle = 'none'] = /reject with icmpx admin-prohibited # handle (\d+)/.exec(rules.stdout) ?? [];
    const says = await verdict(page).innerText();
    for (const part of [
      'How sure: traced',
      'Owner: firewalld',
      'filter_FORWARD → filter_FWD_public',
      'reject with icmpx admin-prohibited',
      `handle ${handle}`,
      'Nothing was left behind',
    ]) {
      expect(says).toContain(part);
    }
    await page.getByRole('button', { name: /^forward, inet firewalld.*died here$/ }).waitFor();
    await page
      .getByRole('button', { name: /^prohibited.*box\d \(bridge\) → 1\.1\.1\.1:80 tcp$/ })
      .first()
      .waitFor();

    const filePath = join(options.dataFolder, '..', 'report.md');
    await app.answer('showSaveDialog', { canceled: false, filePath });
    await tool(page, 'Export…').click();
    await page.getByText('The report was exported.').waitFor({ state: 'attached' });
    const { id } = await newestRun(app);
    const text = await readFile(filePath, 'utf8');
    expect(text).toBe(reportMarkdown(await storedRun(app, id), 'en'));
    expect(text).toContain('firewalld rejects what docker0 forwards');
    expect(text).toMatch(new RegExp(`filter_FWD_public.*handle ${handle}`));

    const kept = `${text}${JSON.stringify(await stateOf(app))}${await app.log()}`;
    expect(kept).not.toContain('guess');
    expect((await untilClean(lab, before, WAYS.kill.limitMs)).left).toEqual([]);

    // What was run can be run by hand: it is typed into a shell there, and not entered.
    await page.getByRole('textbox', { name: 'Search' }).fill('nftables ruleset');
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline
      .getByRole('button', { name: /The nftables ruleset/ })
      .first()
      .click();
    await timeline.getByRole('button', { name: 'Run in Guest Shell' }).click();
    await giveSecret(page, PASSWORD, lab.password);
    await shows(page, /dev@.*\$ sudo sh -c [\s\S]*nft[\s\S]*['"]$/);
    await page.keyboard.press('Control+c');
    await shows(page, /\^C\n.*dev@[^\n]*\$$/);
  });
});
