import type { Page } from 'playwright-core';
import type { OpenApp, OpenOptions } from './harness.ts';

/** A shell that says little, and the same on every computer. */
export const BASH: OpenOptions = {
  platform: 'linux',
  env: { SHELL: '/bin/bash', PROMPT_COMMAND: '', BASH_SILENCE_DEPRECATION_WARNING: '1' },
};
/** No line that is typed holds it, so that what was typed is not taken for the prompt. */
const SET_PROMPT = `PS1='rea''dy> '; unset PROMPT_COMMAND`;

export type TabName = 'Run log' | 'Guest shell' | 'Local shell';

/** Selects the sample, beside which the terminal is shown. */
export async function selectSample({ page }: OpenApp): Promise<void> {
  await page.getByText('Recorded VM').first().click();
  await page.locator('[data-pane]').waitFor();
}

export async function showTab({ page }: OpenApp, name: TabName): Promise<void> {
  await page.getByRole('tab', { name }).click();
}

/** The lines on screen, without what fills them up. */
export async function screenText(page: Page): Promise<string> {
  const rows = await page.locator('.xterm-rows > div').allTextContents();
  return rows
    .map((row) => row.replaceAll('\u00a0', ' ').trimEnd())
    .join('\n')
    .trimEnd();
}

/** Resolves when the screen shows it; the test's own limit ends the waiting. */
export async function shows(page: Page, wanted: RegExp): Promise<void> {
  await page.waitForFunction(
    ({ source, flags }) => {
      const rows = [...document.querySelectorAll('.xterm-rows > div')];
      const text = rows.map((row) => row.textContent?.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
      return new RegExp(source, flags).test(text.trimEnd());
    },
    { source: wanted.source, flags: wanted.flags },
    { timeout: 30_000 },
  );
}

/** Types a line and Enter into the shell that has the keyboard. */
export async function enter({ page }: OpenApp, line: string): Promise<void> {
  await page.keyboard.insertText(line);
  await page.keyboard.press('Enter');
}

/** Waits for the shell's first prompt and makes it `ready> `. */
export async function ready(app: OpenApp): Promise<void> {
  await shows(app.page, /[$#%>]$/);
  await app.page.locator('.xterm-helper-textarea').focus();
  await enter(app, SET_PROMPT);
  await shows(app.page, /\nready>$/);
}

/** Opens the shell on this computer, beside the sample, with its prompt. */
export async function openLocalShell(app: OpenApp): Promise<void> {
  await selectSample(app);
  await showTab(app, 'Local shell');
  await ready(app);
}

/** Says yes to whatever main asks from now on. */
export async function agree({ page }: OpenApp): Promise<void> {
  await page.evaluate(() => {
    window.culprit.on('state', ({ prompts }) => {
      for (const { id } of prompts ?? [])
        void window.culprit.call('answerPrompt', { prompt: id, answer: { action: 'accept' } });
    });
  });
}

/** Pastes as the Edit menu does: an event with the clipboard's text. */
export async function paste({ page }: OpenApp, text: string): Promise<void> {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}
