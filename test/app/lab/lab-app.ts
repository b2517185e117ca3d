import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { Lab } from '../../lab/lab.ts';
import type { OpenOptions } from '../harness.ts';
import { answerSheet, row, sheet, tool } from '../person.ts';

/** The lab's machine in the sidebar, while it runs. */
export const RUNNING = /^docker-vm .*Running · 127/;

/** An emulated machine that has just been set back takes its time to let anybody in. */
const PATIENCE_MS = 120_000;

/** Options for an application that finds the lab's machine by the real VBoxManage, with a folder that outlives it. */
export function labOptions(lab: Lab): OpenOptions & { dataFolder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-lab-app-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    dataFolder: join(folder, 'data'),
    env: { CULPRIT_VBOXMANAGE: lab.vboxManage },
    patienceMs: PATIENCE_MS,
  };
}

/** Picks the lab's machine, says as whom to log in (with the key, or without one), and presses Diagnose. */
export async function diagnoseAs(page: Page, user: string, key = ''): Promise<void> {
  await row(page, RUNNING).click();
  await page.getByRole('main').getByRole('button', { name: 'Log In As…' }).click();
  const fields = sheet(page, 'Log in to docker-vm');
  await fields.getByRole('textbox', { name: 'User' }).fill(user);
  await fields.getByRole('textbox', { name: /key/i }).fill(key);
  await fields.getByRole('button', { name: 'Save' }).click();
  await fields.waitFor({ state: 'detached' });
  await tool(page, 'Diagnose').click();
  await answerSheet(page, 'Before the first diagnosis of docker-vm', 'Diagnose');
}

/** The same as root with the lab's key, past the question about the host key: the run goes on by itself. */
export async function diagnoseAsRoot(page: Page, lab: Lab): Promise<void> {
  await diagnoseAs(page, 'root', lab.keyPath);
  await answerSheet(page, 'Is this really docker-vm?', 'Trust This Key');
}

/** Waits until the run on screen is in this step, as the toolbar tells it. */
export async function inStep(page: Page, step: string): Promise<void> {
  await page
    .getByRole('banner')
    .getByRole('progressbar')
    .and(page.locator(`[aria-valuetext^="${step} "]`))
    .waitFor({ timeout: 120_000 });
}
