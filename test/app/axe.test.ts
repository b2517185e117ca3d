import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { PasswordServer } from '../connect/password-server.ts';
import { sharedApp } from './app-test.ts';
import { expectNothingGrave } from './axe.ts';
import {
  addHost,
  answerSheet,
  diagnoseSample,
  giveSecret,
  NO_VIRTUALBOX,
  row,
  sheet,
  tool,
  verdict,
  verdictHeading,
} from './person.ts';
import { silentPort } from './silent-port.ts';

// axe looks at every state, in light and dark. What it calls serious or critical must not be there.

const app = sharedApp({
  env: NO_VIRTUALBOX,
  languages: ['en-US'],
  keychain: true,
  size: { width: 1280, height: 900 },
});

async function inChinese(page: Page, doing: () => Promise<void>): Promise<void> {
  const speak = async (lang: 'system' | 'zh-CN') => {
    await page.evaluate((lang) => window.culprit.call('setSettings', { lang }), lang);
    await page.waitForFunction(
      (lang) => document.documentElement.lang === lang,
      lang === 'system' ? 'en' : lang,
    );
  };
  await speak('zh-CN');
  await doing();
  await speak('system');
}

/** Opens a sheet by its command, looks at it, and closes it. */
async function lookAtSheet(page: Page, command: string): Promise<void> {
  await app().clickMenu(command);
  await sheet(page).waitFor();
  await expectNothingGrave(page);
  await page.keyboard.press('Escape');
  await sheet(page).waitFor({ state: 'detached' });
}

// In this order: the first start is first.
test('the welcome, also in Chinese', async () => {
  const { page } = app();
  await page.getByRole('heading', { name: 'Which rule cuts your container off?' }).waitFor();
  await page.getByText('VirtualBox is not installed here').waitFor();
  await expectNothingGrave(page);
  await inChinese(page, () => expectNothingGrave(page));
});

test.for(['add-host', 'settings', 'palette', 'shortcuts'])('the sheet of %s', async (command) => {
  await lookAtSheet(app().page, command);
});

test('a sheet with mistakes in it', async () => {
  const { page } = app();
  await app().clickMenu('add-host');
  await sheet(page).getByRole('textbox', { name: 'Port' }).fill('x');
  await sheet(page).getByRole('button', { name: 'Add Host' }).click();
  await sheet(page).getByText('1 to 65535.').waitFor();
  await expectNothingGrave(page);
  await page.keyboard.press('Escape');
});

test('a machine without a run, then its verdict', async () => {
  const { page } = app();
  await row(page, 'Recorded VM').click();
  await expectNothingGrave(page);
  await diagnoseSample(page);
  await expectNothingGrave(page);
});

test('a verdict with everything open, also in Chinese', async () => {
  const { page } = app();
  await page.getByRole('button', { name: /died here$/ }).click();
  await verdict(page).getByText('How to take it back').click();
  await verdict(page)
    .getByRole('button', { name: /^docker0 is in no zone/ })
    .click();
  await expectNothingGrave(page);
  await inChinese(page, () => expectNothingGrave(page));
  await page
    .getByRole('button', { name: /^prohibited/ })
    .first()
    .click();
  await page.getByRole('dialog', { name: 'Details' }).waitFor();
  await expectNothingGrave(page);
  await page.keyboard.press('Escape');
});

test('menus, and the question before a run is deleted', async () => {
  const { page } = app();
  await page.getByRole('banner').getByRole('button', { name: 'Actions for Recorded VM' }).click();
  await page.getByRole('menu').waitFor();
  await expectNothingGrave(page);
  await page.getByRole('menuitem', { name: 'Delete Run…' }).click();
  await sheet(page, 'Delete this run?').waitFor();
  await expectNothingGrave(page);
  await answerSheet(page, 'Delete this run?', 'Cancel');
});

test('every question of a login, and a run that was stopped', async () => {
  const { page } = app();
  const server = await new PasswordServer().start();
  onTestFinished(() => server.remove());
  await addHost(page, { Host: '127.0.0.1', Port: String(server.port), User: 'dev', Name: 'shop' });
  await page.getByRole('main').getByRole('button', { name: 'Log In As…' }).click();
  await sheet(page, 'Log in to shop').waitFor();
  await expectNothingGrave(page);
  await page.keyboard.press('Escape');
  await tool(page, 'Diagnose').click();
  for (const [title, next] of [
    ['Before the first diagnosis of shop', 'Diagnose'],
    ['Is this really shop?', 'Trust This Key'],
  ] as const) {
    await sheet(page, title).waitFor();
    await expectNothingGrave(page);
    await answerSheet(page, title, next);
  }
  await sheet(page, 'Password for shop').waitFor();
  await expectNothingGrave(page);
  await giveSecret(page, 'Password for shop', 'a wrong one');
  await sheet(page, 'Password for shop').getByText('That was not right').waitFor();
  await expectNothingGrave(page);
  await giveSecret(page, 'Password for shop', server.password);
  await sheet(page, 'Administrator password for shop').waitFor();
  await expectNothingGrave(page);
  await answerSheet(page, 'Administrator password for shop', 'Cancel');
  await verdictHeading(page);
  await expectNothingGrave(page);
  await server.rebuild();
  await tool(page, 'Diagnose').click();
  await sheet(page, 'The host key of shop has changed').waitFor();
  await expectNothingGrave(page);
  await answerSheet(page, 'The host key of shop has changed', 'Cancel');
  await verdictHeading(page);
});

test('the question for the passphrase of a key', async () => {
  const { page } = app();
  const server = await new PasswordServer().start();
  server.method = 'publickey';
  const folder = mkdtempSync(join(tmpdir(), 'culprit-axe-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
    return server.remove();
  });
  const key = join(folder, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'open sesame', '-f', key]);
  const host = { Host: '127.0.0.1', Port: String(server.port), User: 'dev', Name: 'locked' };
  await addHost(page, { ...host, 'Private key': key });
  await tool(page, 'Diagnose').click();
  await answerSheet(page, 'Before the first diagnosis of locked', 'Diagnose');
  await answerSheet(page, 'Is this really locked?', 'Trust This Key');
  await sheet(page, /^Passphrase/).waitFor();
  await expectNothingGrave(page);
  await answerSheet(page, /^Passphrase/, 'Cancel');
  await verdictHeading(page);
});

test('a question in the server’s own words', async () => {
  const { page } = app();
  const server = await new PasswordServer().start();
  server.method = 'keyboard-interactive';
  server.asks = [{ prompt: 'One-time password: ', echo: false, right: '123456' }];
  onTestFinished(() => server.remove());
  await addHost(page, { Host: '127.0.0.1', Port: String(server.port), User: 'dev', Name: 'asking' });
  await tool(page, 'Diagnose').click();
  await answerSheet(page, 'Before the first diagnosis of asking', 'Diagnose');
  await answerSheet(page, 'Is this really asking?', 'Trust This Key');
  await sheet(page, 'asking asks a question').waitFor();
  await expectNothingGrave(page);
  await answerSheet(page, 'asking asks a question', 'Cancel');
  await verdictHeading(page);
});

test('a run that goes on, and one that failed', async () => {
  const { page } = app();
  const { port } = await silentPort();
  await addHost(page, { Host: '127.0.0.1', Port: String(port), Name: 'silent' });
  await tool(page, 'Diagnose').click();
  await answerSheet(page, 'Before the first diagnosis of silent', 'Diagnose');
  await page.getByRole('heading', { name: 'Connecting…' }).waitFor();
  await expectNothingGrave(page);
  await tool(page, 'Stop').click();
  await verdictHeading(page);

  await addHost(page, { Host: '127.0.0.1', Port: '1', Name: 'closed' });
  await tool(page, 'Diagnose').click();
  await answerSheet(page, 'Before the first diagnosis of closed', 'Diagnose');
  expect(await verdictHeading(page)).toBe('The diagnosis could not be finished');
  await expectNothingGrave(page);
});

test('a failure of what the person asked for', async () => {
  const { page } = app();
  await row(page, /^Recorded VM .*docker0/).click();
  await verdictHeading(page);
  await app().answer('showSaveDialog', { canceled: false, filePath: '/nonexistent/report.md' });
  await tool(page, 'Export…').click();
  await page.getByRole('region', { name: 'Problems' }).getByText('/nonexistent').first().waitFor();
  await expectNothingGrave(page);
  await page.getByRole('region', { name: 'Problems' }).getByRole('button', { name: 'Close' }).click();
});
