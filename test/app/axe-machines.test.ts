import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { test } from './app-test.ts';
import { expectNothingGrave } from './axe.ts';
import { row, verdictHeading } from './person.ts';
import { withMachines, withRuns } from './shots/place.ts';
import { withRemedy } from './shots/remedies.ts';

// axe looks at every state that a machine of VirtualBox can be in, and at runs of every outcome.

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-axe-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('machines without a run: ready, without a way in, off; and a filter that nothing fits', async ({
  open,
}) => {
  const folder = dataFolder();
  const { page } = await open({ ...(await withMachines(folder)), dataFolder: folder });
  await row(page, /^docker-vm/).waitFor();
  await expectNothingGrave(page);
  for (const [machine, says] of [
    [/^docker-vm/, 'Ready to diagnose docker-vm'],
    [/^ubuntu-24/, 'There is no way in to ubuntu-24.04-ci yet'],
    [/^debian-13/, /^debian-13-staging is not running/],
    [/^测试/, /is not running/],
  ] as const) {
    await row(page, machine).click();
    await page.getByRole('heading', { name: says }).waitFor();
    await expectNothingGrave(page);
  }
  await page.getByRole('navigation').getByRole('searchbox').fill('zzz');
  await row(page, /^docker-vm/).waitFor({ state: 'detached' });
  await expectNothingGrave(page);
});

test('runs of the past: healthy, no rights for the trace, offline, and one that was stopped', async ({
  open,
}) => {
  const folder = dataFolder();
  const { page } = await open({ ...(await withRuns(folder)), dataFolder: folder });
  const runs = page.locator('[data-row^="run:"]');
  await runs.first().waitFor();
  const headings: string[] = [];
  for (const run of await runs.all()) {
    await run.click();
    headings.push(await verdictHeading(page));
    await expectNothingGrave(page);
  }
  // Each is another state; were a run not opened, two would say the same.
  expect(headings.length).toBeGreaterThan(4);
  expect(new Set(headings).size).toBe(headings.length);
  expect(headings).toContain('You stopped this diagnosis');
});

test.for(['trial', 'fix'] as const)(
  'a run with a %s, and what can be ordered from it',
  async (kind, { open }) => {
    const folder = dataFolder();
    const { page } = await open({ ...(await withRemedy(folder, kind)), dataFolder: folder });
    await page.locator('[data-row^="run:"]').click();
    await verdictHeading(page);
    const order = kind === 'trial' ? 'Fix…' : 'Undo…';
    await page.getByRole('main').getByRole('button', { name: order }).first().waitFor();
    await page.getByRole('region', { name: `The ${kind}` }).waitFor();
    await expectNothingGrave(page);
  },
);
