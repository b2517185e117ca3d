import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Rubs out what still moves: half-way colours have no contrast of their own. */
function settled(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished.catch(() => {})),
    ),
  );
}

/** What axe finds wrong with what is on screen, in a line each. */
async function look(page: Page): Promise<string[]> {
  await settled(page);
  // The terminal draws for itself, and has a mode of its own for VoiceOver.
  const { violations } = await new AxeBuilder({ page }).exclude('.xterm').setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    );
}

/** Looks at what is on screen in light and in dark. */
export async function expectNothingGrave(page: Page): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await page.evaluate((theme) => window.culprit.call('setSettings', { theme }), theme);
    await page.waitForFunction(
      (dark) => matchMedia('(prefers-color-scheme: dark)').matches === dark,
      theme === 'dark',
    );
    expect(await look(page), theme).toEqual([]);
  }
}
