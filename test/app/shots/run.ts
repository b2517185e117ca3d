import type { OpenApp } from '../harness.ts';
import type { Shot } from '../shot.ts';
import { openRunOf, scrollTo } from './looking.ts';
import { withRuns } from './place.ts';
import { sceneEvents, storeRun } from './stored-runs.ts';
import { vmId } from './vboxmanage.ts';

const culprit = (app: OpenApp) => openRunOf(app, 'docker-vm');

/** A stored run of the machine that is called so. */
const runOf = (name: string, machine: string): Shot => ({
  name,
  prepare: withRuns,
  steps: (app) => openRunOf(app, machine),
});

/** Opens the row that says this, among those that a search for it leaves. */
async function openRow({ page }: OpenApp, says: string): Promise<void> {
  await scrollTo(page, 'timeline');
  await page.locator('#timeline-search').fill(says);
  const row = page.locator('[data-row][aria-expanded]', { hasText: says }).first();
  await row.click();
  await page.locator('[data-row][aria-expanded="true"]').waitFor();
}

const problem = (name: string, steps: Shot['steps']): Shot => ({
  name,
  prepare: withRuns,
  steps: async (app, atEnd) => {
    await culprit(app);
    await steps(app, atEnd);
  },
});

/** Runs and what can be seen of them. */
export const RUN_SHOTS: Shot[] = [
  problem('verdict', async () => {}),
  problem('path', ({ page }) => scrollTo(page, 'path')),
  problem('path-opened', async ({ page }) => {
    await scrollTo(page, 'path');
    await page
      .locator('#path')
      .locator('xpath=ancestor::section[1]')
      .locator('button[aria-expanded]')
      .first()
      .click();
  }),
  {
    name: 'path-missed',
    prepare: async (dataFolder) => {
      const options = await withRuns(dataFolder);
      const events = sceneEvents('route-container-subnet-missing');
      await storeRun(dataFolder, { machine: vmId(0), name: 'unplugged', minutes: 1, events });
      return options;
    },
    steps: async (app) => {
      const { page } = app;
      await openRunOf(app, 'unplugged');
      await scrollTo(page, 'path');
      await page.getByRole('button', { name: /died here$/ }).click();
      await page.locator('summary', { hasText: 'did not match' }).click();
    },
  },
  problem('flows', ({ page }) => scrollTo(page, 'flows')),
  problem('flow-opened', async ({ page }) => {
    await scrollTo(page, 'flows');
    await page
      .locator('table button', { hasText: /prohibited/i })
      .first()
      .click();
  }),
  problem('timeline', ({ page }) => scrollTo(page, 'timeline')),
  problem('timeline-row', (app) => openRow(app, 'nftables ruleset')),
  {
    name: 'timeline-tracer',
    prepare: async (dataFolder) => {
      const options = await withRuns(dataFolder);
      const events = sceneEvents('ipt-raw-prerouting-drop', { kernel: '5.10.0-38-amd64' });
      await storeRun(dataFolder, { machine: vmId(0), name: 'old-kernel', minutes: 1, events });
      return options;
    },
    steps: async (app) => {
      await openRunOf(app, 'old-kernel');
      await openRow(app, 'followed with');
    },
  },
  problem('timeline-no-match', async ({ page }) => {
    await scrollTo(page, 'timeline');
    await page.locator('#timeline-search').fill('no such thing');
  }),
  problem('no-sidebar', async (app) => {
    await app.clickMenu('toggle-sidebar');
    await app.page.locator('nav').waitFor({ state: 'detached' });
  }),
  runOf('healthy', 'ubuntu-24.04-ci'),
  runOf('cannot-tell', 'build-box'),
  runOf('machine-offline', 'debian-13-staging'),
  {
    name: 'cancelled',
    prepare: withRuns,
    steps: async ({ page }) => {
      await page.locator('[data-row^="run:"]', { hasText: 'docker-vm' }).last().click();
      await page.locator('#verdict').waitFor();
    },
  },
  ...(['verdict', 'path', 'flows', 'timeline'] as const).map(
    (part): Shot => ({
      name: `${part}-zh`,
      open: { languages: ['zh-CN'] },
      prepare: withRuns,
      steps: async (app) => {
        await culprit(app);
        if (part !== 'verdict') await scrollTo(app.page, part);
      },
    }),
  ),
  { ...runOf('cannot-tell-zh', 'build-box'), open: { languages: ['zh-CN'] } },
];
