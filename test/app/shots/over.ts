import type { Page } from 'playwright-core';
import { drag } from '../dragging.ts';
import type { Shot } from '../shot.ts';
import { command, openRunOf, SHEET } from './looking.ts';
import { BUILD_BOX, withRuns } from './place.ts';

const dialog = (page: Page) => page.locator(SHEET).waitFor();

/** Opens by command what lies over a run. */
const over = (
  name: string,
  id: Parameters<typeof command>[1],
  more?: Shot['steps'],
  languages?: string[],
): Shot => ({
  name,
  ...(languages && { open: { languages } }),
  prepare: withRuns,
  steps: async (app, atEnd) => {
    await openRunOf(app, 'docker-vm');
    await command(app, id);
    await dialog(app.page);
    await more?.(app, atEnd);
  },
});

/** A log that is dragged over a run. */
const dropping = (name: string, languages: string[]): Shot => ({
  name,
  open: { languages },
  prepare: withRuns,
  steps: async (app) => {
    await openRunOf(app, 'docker-vm');
    await drag(app, ['/tmp/trace.log'], 'dragEnter', 'dragOver');
    await app.page.locator('[class*="target"]').waitFor();
  },
});

/** From a row's own menu. */
const byMenu = (name: string, row: string, item: string): Shot => ({
  name,
  prepare: withRuns,
  steps: async ({ page }) => {
    await page.locator(`[data-row^="${row}"]`).first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: item }).click();
    await dialog(page);
  },
});

/** What lies over the window. */
export const OVER_SHOTS: Shot[] = [
  over('settings', 'settings'),
  over('settings-zh', 'settings', undefined, ['zh-CN']),
  over('palette', 'palette'),
  over('palette-typed', 'palette', ({ page }) => page.keyboard.type('debi')),
  over('palette-zh', 'palette', undefined, ['zh-CN']),
  over('shortcuts', 'shortcuts'),
  over('add-host', 'add-host'),
  over('add-host-wrong', 'add-host', async ({ page }) => {
    await page.getByRole('button', { name: 'Add Host' }).click();
  }),
  over('add-host-zh', 'add-host', undefined, ['zh-CN']),
  dropping('drop-log', ['en-US']),
  dropping('drop-log-zh', ['zh-CN']),
  byMenu('row-login', `machine:vm:`, 'Log'),
  byMenu('row-delete-run', 'run:', 'Delete'),
  byMenu('row-remove-host', `machine:${BUILD_BOX}`, 'Remove'),
  {
    name: 'row-menu',
    prepare: withRuns,
    steps: async ({ page }) => {
      await page.locator('[data-row^="machine:vm:"]').first().click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'focus-menu',
    prepare: withRuns,
    steps: async (app) => {
      await openRunOf(app, 'docker-vm');
      await app.page.locator('header button[aria-haspopup]').nth(1).click();
      await app.page.getByRole('menu').waitFor();
    },
  },
];
