import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { readRun } from '../../electron/app/runs/run-reader.ts';
import type { AppState, RunItem } from '../../shared/app-state.ts';
import type { Run } from '../../shared/run.ts';
import { isReply } from './app-reply.ts';
import type { OpenApp } from './harness.ts';

// What a person sees of the window and does in it, and what is behind what they see.

/** Environment in which the application finds no VirtualBox, whatever this computer has. */
export const NO_VIRTUALBOX = { CULPRIT_VBOXMANAGE: '/nonexistent/VBoxManage' };
/** How long a diagnosis may take on a slow computer, in milliseconds. */
export const RUN_MS = 240_000;

/** A row of the sidebar: a machine or a run, by what it says. */
export function row(page: Page, says: string | RegExp): Locator {
  return page.getByRole('navigation').getByRole('option', { name: says });
}

/** A button of the toolbar. */
export function tool(page: Page, name: string | RegExp): Locator {
  return page.getByRole('banner').getByRole('button', { name });
}

/** The sheet with this title; without one, whatever lies over the window. */
export function sheet(page: Page, title?: string | RegExp): Locator {
  const all = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  return title === undefined ? all : all.filter({ has: page.getByRole('heading', { name: title }) });
}

/** Presses a button of the sheet with this title, and waits until the sheet is gone. */
export async function answerSheet(page: Page, title: string | RegExp, button: string): Promise<void> {
  const asking = sheet(page, title);
  await asking.getByRole('button', { name: button, exact: true }).click();
  await asking.waitFor({ state: 'detached' });
}

/** The field for a secret in the sheet with this title. */
export function secretField(page: Page, title: string | RegExp): Locator {
  return sheet(page, title).locator('input[type="password"]');
}

/** Types a secret into the sheet with this title, and sends it off. */
export async function giveSecret(page: Page, title: string | RegExp, secret: string): Promise<void> {
  const field = secretField(page, title);
  await field.fill(secret);
  await field.press('Enter');
}

/** Adds an SSH host by its sheet; it is selected then. */
export async function addHost(page: Page, typed: Record<string, string>): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Add SSH Host…' }).click();
  for (const [label, text] of Object.entries(typed)) {
    await sheet(page).getByRole('textbox', { name: label, exact: true }).fill(text);
  }
  await answerSheet(page, 'Add an SSH host', 'Add Host');
}

/** What the run view says: empty while a run goes on or is being opened. */
export function verdict(page: Page): Locator {
  return page.locator('[aria-busy="false"] section[aria-labelledby="verdict"]');
}

/** Waits for the end of the run that is on screen; resolves with its heading. */
export async function verdictHeading(page: Page): Promise<string> {
  const heading = verdict(page).locator('#verdict');
  await heading.waitFor({ timeout: RUN_MS });
  return (await heading.textContent()) ?? '';
}

/** Picks the sample, presses Diagnose, and waits for the verdict. */
export async function diagnoseSample(page: Page): Promise<string> {
  await row(page, 'Recorded VM').last().click();
  await tool(page, 'Diagnose').click();
  return verdictHeading(page);
}

/** What main holds, as the window gets it. */
export async function stateOf({ page }: Pick<OpenApp, 'page'>): Promise<AppState> {
  const reply = await page.evaluate(() => window.culprit.call('state', undefined));
  if (!isReply(reply)) throw new Error(`no state: ${JSON.stringify(reply)}`);
  return reply.value as AppState;
}

/** The newest run in the list. */
export async function newestRun(app: Pick<OpenApp, 'page'>): Promise<RunItem> {
  const [item] = (await stateOf(app)).runs;
  if (item === undefined) throw new Error('there is no run');
  return item;
}

/** A run as it is stored. */
export function storedRun({ dataFolder }: Pick<OpenApp, 'dataFolder'>, id: string): Promise<Run> {
  return readRun(join(dataFolder, 'runs', `${id}.ndjson`), id);
}
