import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { test } from './app-test.ts';
import { inElectron } from './harness.ts';
import { NO_VIRTUALBOX, sheet, verdict, verdictHeading } from './person.ts';

/** More presses than there are stops between any two places. */
const MOST_STOPS = 60;

/** What has the keyboard, as a person hears it. */
function heard(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
  });
}

/** Presses Tab until something that is called so has the keyboard. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const says = await heard(page);
    if (name.test(says)) return;
    passed.push(says.slice(0, 60));
  }
  throw new Error(`Tab leads to no ${name}; it leads to ${passed.join(' | ')}`);
}

test('the keyboard alone does the whole job: pick, diagnose, understand, look behind, export', async ({
  open,
  skip,
}) => {
  if (inElectron && process.platform === 'darwin') {
    skip('on a Mac the system gives shortcuts to the menu, and Playwright’s keys do not come from there');
  }
  const app = await open({ env: NO_VIRTUALBOX });
  const { page } = app;
  const { keyboard } = page;
  const folder = mkdtempSync(join(tmpdir(), 'culprit-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const press = (key: string) => keyboard.press(`ControlOrMeta+${key}`);

  // Pick, and diagnose.
  await page.getByRole('heading', { name: 'Which rule' }).waitFor();
  await press('1');
  await expect.poll(() => heard(page)).toMatch(/^Recorded VM/);
  await keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('middle');
  await press('r');
  expect(await verdictHeading(page)).toMatch(/docker0/);

  // From the verdict to what shows it.
  await press('2');
  expect(await heard(page)).toMatch(/docker0/);
  await tabTo(page, /^docker0 is in no zone/);
  await keyboard.press('Enter');
  await expect.poll(() => heard(page)).toMatch(/firewalld.*zones/);

  // The station where the packet died, and its rule.
  await press('3');
  await tabTo(page, /died here$/);
  await keyboard.press('Enter');
  await page.getByRole('row').filter({ hasText: '← died here' }).first().waitFor();

  // A cell of the matrix: arrows move, Enter opens, Esc closes.
  await press('4');
  await tabTo(page, /^prohibited|^timeout|^unreachable/);
  const cell = await heard(page);
  await keyboard.press('ArrowDown');
  expect(await heard(page)).not.toBe(cell);
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Details' }).waitFor();
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  // Find a row of the timeline and open it.
  await press('5');
  await press('f');
  await keyboard.type('nftables ruleset');
  await expect
    .poll(() => page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').count())
    .toBeLessThan(5);
  await tabTo(page, /nftables ruleset/);
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'Copy Command', exact: true }).waitFor();

  // The report: exported, copied, shown.
  const filePath = join(folder, 'report.md');
  await app.answer('showSaveDialog', { canceled: false, filePath });
  await press('e');
  await expect.poll(() => readFile(filePath, 'utf8').catch(() => '')).toContain('filter_FWD_public');
  await press('Shift+c');
  await expect.poll(() => app.order('clipboard')).toBe(await readFile(filePath, 'utf8'));
  await press('k');
  await sheet(page).waitFor();
  await keyboard.type('finder');
  await keyboard.press('Enter');
  await expect.poll(() => app.did('showItemInFolder')).toEqual([[filePath]]);
  expect(await verdict(page).isVisible()).toBe(true);
});
