import type { Shot } from '../shot.ts';
import { select } from './looking.ts';
import { BUILD_BOX, withMachines, withOddMachines, withRuns } from './place.ts';
import { vmId } from './vboxmanage.ts';

const shown = { steps: async () => {} };

/** Before there is a run: the welcome, machines, and what stands in the way. */
export const START_SHOTS: Shot[] = [
  { name: 'welcome', ...shown },
  {
    name: 'welcome-with-machines',
    prepare: withMachines,
    steps: ({ page }) => page.locator(`[data-row="machine:${vmId(0)}"]`).waitFor(),
  },
  {
    name: 'machine-ready',
    prepare: withMachines,
    steps: ({ page }) => select(page, `machine:${vmId(0)}`),
  },
  {
    name: 'machine-notes',
    prepare: withOddMachines,
    steps: async ({ page }) => {
      await select(page, `machine:${vmId(0)}`);
      await page.getByRole('list', { name: 'What VirtualBox says of this VM' }).waitFor();
    },
  },
  {
    name: 'machine-no-forward',
    prepare: withMachines,
    steps: ({ page }) => select(page, `machine:${vmId(1)}`),
  },
  { name: 'machine-off', prepare: withMachines, steps: ({ page }) => select(page, `machine:${vmId(3)}`) },
  {
    name: 'machine-ssh',
    prepare: withMachines,
    steps: ({ page }) => select(page, `machine:${BUILD_BOX}`),
  },
  {
    name: 'sidebar-filter',
    prepare: withRuns,
    steps: async ({ page }) => {
      await page.locator('nav input').fill('debian');
    },
  },
  {
    name: 'sample-ready',
    steps: ({ page }) => select(page, 'machine:sample'),
  },
  { name: 'welcome-zh', open: { languages: ['zh-CN'] }, ...shown },
  {
    name: 'machine-no-forward-zh',
    open: { languages: ['zh-CN'] },
    prepare: withMachines,
    steps: ({ page }) => select(page, `machine:${vmId(1)}`),
  },
];
