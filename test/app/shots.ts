import type { Shot } from './shot.ts';

/** Every state that is worth looking at. */
export const SHOTS: Shot[] = [
  {
    name: 'start',
    steps: async ({ page }) => {
      await page.locator('#root > *').first().waitFor();
    },
  },
];
