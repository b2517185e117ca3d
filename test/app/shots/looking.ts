import type { Page } from 'playwright-core';
import type { CommandId } from '../../../shared/commands.ts';
import type { OpenApp } from '../harness.ts';

/** What lies over the window and makes it wait; a menu is no section. */
export const SHEET = 'section:is([role="dialog"], [role="alertdialog"])';

/** Shows a machine or a run, as a click on its row does. */
export async function select(page: Page, row: string): Promise<void> {
  await page.locator(`[data-row="${row}"]`).first().click();
}

/** Resolves when the run on screen has its verdict. */
export async function verdictShown(page: Page): Promise<void> {
  await page.locator('#verdict').waitFor();
}

/** Does a command of the menu; waits until it can be done. */
export async function command({ page, clickMenu, menu }: OpenApp, id: CommandId): Promise<void> {
  for (;;) {
    if ((await menu()).find((item) => item.id === id)?.enabled) break;
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await clickMenu(id);
}

/** Shows the newest run of the machine that is called so, with its verdict. */
export async function openRunOf({ page }: OpenApp, name: string): Promise<void> {
  await page.locator('[data-row^="run:"]', { hasText: name }).first().click();
  await verdictShown(page);
}

/** Scrolls a section of the run to the top. */
export async function scrollTo(page: Page, section: 'path' | 'flows' | 'timeline'): Promise<void> {
  await page.locator(`#${section}`).evaluate((heading) => heading.closest('section')?.scrollIntoView());
}
