import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { reportMarkdown } from '../../electron/report/markdown.ts';
import type { Lang } from '../../shared/text.ts';
import { test as appTest, sharedApp } from './app-test.ts';
import {
  answerSheet,
  diagnoseSample,
  NO_VIRTUALBOX,
  newestRun,
  row,
  sheet,
  storedRun,
  tool,
  verdict,
  verdictHeading,
} from './person.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-sample-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const options = { dataFolder: join(folder, 'data'), env: NO_VIRTUALBOX };
const app = sharedApp(options, async ({ page }) => {
  await diagnoseSample(page);
});

const TITLE = 'firewalld rejects what docker0 forwards';
const RULE = 'reject with icmpx admin-prohibited';

/** The report of the newest run, as the engine writes it. */
async function report(lang: Lang): Promise<string> {
  return reportMarkdown(await storedRun(app(), (await newestRun(app())).id), lang);
}

/** The row of the timeline that has the keyboard. */
function rowWithKeyboard(page: Page): Promise<string | null> {
  return page.evaluate(() =>
    document.activeElement instanceof HTMLElement && document.activeElement.dataset.row !== undefined
      ? document.activeElement.textContent
      : null,
  );
}

test('the verdict names the rule, its place and owner, says why and what to do', async () => {
  const { page } = app();
  expect(await verdictHeading(page)).toContain(TITLE);
  const says = await verdict(page).innerText();
  for (const part of [
    'Problem found',
    'How sure: traced',
    'Owner: firewalld',
    'inet firewalld',
    'filter_FORWARD → filter_FWD_public',
    'hook forward, priority +10',
    RULE,
    'falls to the default zone public',
    'firewall-cmd --zone=docker --change-interface=docker0',
    'Nothing was left behind',
  ]) {
    expect(says).toContain(part);
  }
});

test('the path shows where the packet died, by which rule, and what it never reached', async () => {
  const { page } = app();
  const stations = page.getByRole('region', { name: 'Stations of the packet' }).getByRole('listitem');
  const fates = await stations.evaluateAll((all) =>
    all.map((one) => (one as HTMLElement).title.split(' · ').at(-1)),
  );
  const died = fates.indexOf('died here');
  expect(died).toBeGreaterThan(2);
  expect(new Set(fates.slice(0, died))).toEqual(new Set(['passed']));
  expect(new Set(fates.slice(died + 1))).toEqual(new Set(['not reached']));
  const station = stations.nth(died).getByRole('button');
  expect(await station.getAttribute('aria-label')).toMatch(
    /^forward, inet firewalld, priority \+10, rejects/,
  );
  await station.click();
  const fatal = page.getByRole('row').filter({ hasText: RULE });
  expect(await fatal.first().innerText()).toMatch(/filter_FWD_public[\s\S]*← died here/);
  await page.getByRole('button', { name: 'Close' }).click();
});

test('a cell of the flows says how it ended, and leads to its row and its packet', async () => {
  const { page } = app();
  const cell = page.getByRole('button', { name: /^prohibited.*box2 \(bridge\) → 1\.1\.1\.1:80 tcp$/ });
  await cell.click();
  await page
    .getByRole('dialog', { name: 'Details' })
    .getByRole('button', { name: 'Show in timeline' })
    .click();
  await expect.poll(() => rowWithKeyboard(page)).toContain('1.1.1.1:80');
  await cell.click();
  await page.getByRole('button', { name: 'Show its packet' }).click();
  await page.getByRole('button', { name: /^box2 \(bridge\) → 1\.1\.1\.1:80 tcp/ }).waitFor();
});

test('the timeline is narrowed down by kind and text; a row opens to its command and raw output', async () => {
  const { page } = app();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByRole('button', { name: /^Probes/ }).click();
  await timeline.getByRole('textbox', { name: 'Search' }).fill('nftables ruleset');
  const found = timeline.getByRole('listitem').getByRole('button', { name: /tables, \d+ chains/ });
  await expect.poll(() => timeline.getByRole('listitem').count()).toBeLessThan(5);
  await found.click();
  const opened = timeline
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: /tables, \d+ chains/ }) });
  await opened.getByText('exit code 0').waitFor();
  expect(await opened.textContent()).toMatch(/nft -j[\s\S]*"metainfo"/);
  await opened.getByRole('button', { name: 'Copy Command' }).click();
  await expect.poll(() => app().order('clipboard')).toMatch(/nft -j/);
  await timeline.getByRole('textbox', { name: 'Search' }).fill('');
  await timeline.getByRole('button', { name: /^All/ }).click();
});

test('evidence jumps to its row', async () => {
  const { page } = app();
  await verdict(page)
    .getByRole('button', { name: /^docker0 is in no zone/ })
    .click();
  await expect.poll(() => rowWithKeyboard(page)).toMatch(/firewalld.*zones/);
  await verdict(page)
    .getByRole('button', { name: /died at inet firewalld filter_FWD_public/ })
    .first()
    .click();
  await expect.poll(() => rowWithKeyboard(page)).toMatch(/1\.1\.1\.1/);
});

test('the report is exported as the engine writes it, its folder remembered, and shown in the Finder', async () => {
  const { page, did, answer, clickMenu } = app();
  const filePath = join(folder, 'report of the sample.md');
  await answer('showSaveDialog', { canceled: false, filePath });
  await tool(page, 'Export…').click();
  await page
    .getByRole('status')
    .filter({ hasText: 'The report was exported.' })
    .waitFor({ state: 'attached' });
  const text = await readFile(filePath, 'utf8');
  expect(text).toBe(await report('en'));
  for (const part of [TITLE, RULE, 'filter_FWD_public', 'firewall-cmd --zone=docker'])
    expect(text).toContain(part);

  await answer('showSaveDialog', { canceled: true, filePath: '' });
  await tool(page, 'Export…').click();
  await expect.poll(() => did('showSaveDialog')).toHaveLength(2);
  const [[first], [second]] = (await did('showSaveDialog')) as [
    [{ defaultPath: string }],
    [{ defaultPath: string }],
  ];
  expect(basename(first.defaultPath)).toMatch(/^docker-vm-\d{4}-\d\d-\d\d-\d{6}\.md$/);
  expect(second.defaultPath).toBe(join(dirname(filePath), basename(first.defaultPath)));
  expect(await did('showItemInFolder')).toEqual([]);
  await clickMenu('reveal');
  await expect.poll(() => did('showItemInFolder')).toEqual([[filePath]]);
});

test('the report is copied as Markdown, in either language', async () => {
  const { page, order, clickMenu } = app();
  await clickMenu('copy-report');
  await expect.poll(() => order('clipboard')).toBe(await report('en'));
  await clickMenu('settings');
  const language = sheet(page, 'Settings').getByRole('radiogroup', { name: 'Language of reports' });
  await language.getByText('简体中文').click();
  await answerSheet(page, 'Settings', 'Done');
  await clickMenu('copy-report');
  await expect.poll(() => order('clipboard')).toBe(await report('zh-CN'));
  expect(await order('clipboard')).toContain('怎么办');
});

appTest(
  'in a narrow window, what is seen of the path is the place where the packet died',
  async ({ open }) => {
    const { page } = await open({ env: NO_VIRTUALBOX, size: { width: 900, height: 600 } });
    await page.getByRole('button', { name: 'Diagnose the Sample' }).click();
    await verdictHeading(page);
    const path = page.getByRole('region', { name: 'Stations of the packet' });
    const [seen, died] = await Promise.all(
      [path, path.getByRole('button', { name: /died here$/ })].map((part) => part.boundingBox()),
    );
    if (!seen || !died) throw new Error('there is no path');
    expect(await path.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeGreaterThan(
      0,
    );
    expect(died.x).toBeGreaterThanOrEqual(seen.x);
    expect(died.x + died.width).toBeLessThanOrEqual(seen.x + seen.width + 1);
  },
);

// The last one: it ends the application that the others share.
appTest('history survives SIGKILL: the run is in the list, and shows what it showed', async ({ open }) => {
  const says = await verdict(app().page).innerText();
  const item = await newestRun(app());
  await app().kill();
  const again = await open(options);
  expect(await newestRun(again)).toEqual(item);
  await row(again.page, new RegExp(`^Recorded VM .*${TITLE}`)).click();
  await verdictHeading(again.page);
  expect(await verdict(again.page).innerText()).toBe(says);
});
