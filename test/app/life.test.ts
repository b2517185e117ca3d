import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished } from 'vitest';
import { test } from './app-test.ts';
import { spawnMain } from './double-driver.ts';
import { inElectron, type OpenApp } from './harness.ts';
import { silentPort } from './silent-port.ts';

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'culprit-data-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a run that stays busy: connecting to somebody who is silent. */
async function startEndlessRun({ page }: OpenApp, port: number): Promise<void> {
  const started = await page.evaluate(async (port) => {
    const { culprit } = window;
    const login = { user: 'somebody' };
    const added = await culprit.call('addHost', { name: '', host: '127.0.0.1', port, login });
    if (!added.ok) return added;
    // The first run on a machine asks; the answer here is yes.
    culprit.on('state', ({ prompts }) => {
      for (const { id } of prompts ?? []) {
        void culprit.call('answerPrompt', { prompt: id, answer: { action: 'accept' } });
      }
    });
    return culprit.call('startRun', added.value as { machine: string });
  }, port);
  expect(started).toMatchObject({ ok: true });
}

describe('quitting', () => {
  test('asks once while a diagnosis runs, and stays when told to', async ({ open }) => {
    const app = await open();
    await startEndlessRun(app, (await silentPort()).port);
    await app.answer('showMessageBox', 'hold');
    await app.order('quit');
    await app.order('quit');
    expect(await app.did('showMessageBox')).toMatchObject([[{ message: 'A diagnosis is running.' }]]);
    await app.answer('showMessageBox', { response: 1, checkboxChecked: false });
    expect(await app.page.evaluate(() => window.culprit.call('state', undefined))).toMatchObject({
      ok: true,
    });
    expect(app.hasEnded()).toBe(false);
    await app.answer('showMessageBox', { response: 0, checkboxChecked: false });
    await app.close();
    expect(await app.exited).toBe(0);
  });

  test('asks nobody when a signal ends it, and ends well', async ({ open }) => {
    const app = await open({ dataFolder: await dataFolder() });
    await startEndlessRun(app, (await silentPort()).port);
    await app.kill('SIGTERM');
    expect(await app.exited).toBe(0);
    expect(await app.log()).toMatch(/Culprit quits/);
  });

  test('by closing the window is what happens everywhere but on a Mac', async ({ open, skip }) => {
    if (inElectron) skip('Electron takes the system for what it is');
    const app = await open({ platform: 'linux' });
    await app.order('closeWindow');
    expect(await app.exited).toBe(0);
    const onMac = await open({ platform: 'darwin' });
    await onMac.order('closeWindow');
    expect(await onMac.order('windows')).toEqual([]);
    await onMac.order('activate');
    await expect.poll(() => onMac.order('windows')).toMatchObject([{ url: 'app://bundle/index.html' }]);
  });
});

test('the window opens where it was closed, as far as there is a display', async ({ open }) => {
  const folder = await dataFolder();
  const first = await open({ dataFolder: folder });
  await first.order('setBounds', { x: 200, y: 100, width: 1100, height: 700 });
  await first.close();
  const second = await open({ dataFolder: folder });
  // It is shown when it has something to show.
  await expect
    .poll(() => second.order('windows'))
    .toMatchObject([{ visible: true, bounds: { x: 200, y: 100, width: 1100, height: 700 } }]);
});

test('a second start brings the first to the front and ends', async ({ open, skip }) => {
  if (inElectron) skip('the second start is one of the double');
  const folder = await dataFolder();
  const app = await open({ dataFolder: folder });
  const scratch = await dataFolder();
  const second = spawnMain({ dataFolder: folder, scratch });
  expect(await second.exited).toBe(0);
  await expect.poll(() => app.did('focus')).toHaveLength(1);
  expect(await app.order('windows')).toHaveLength(1);
});

test('after SIGKILL it opens again as if nothing had happened', async ({ open }) => {
  const folder = await dataFolder();
  const first = await open({ dataFolder: folder });
  await first.kill();
  expect(await first.exited).toBeNull();
  const second = await open({ dataFolder: folder });
  expect(await second.page.evaluate(() => window.culprit.call('state', undefined))).toMatchObject({
    ok: true,
  });
});

test('the log notes when the computer sleeps', async ({ open }) => {
  const app = await open();
  await app.order('power', 'suspend');
  await app.order('power', 'resume');
  await expect.poll(() => app.log()).toMatch(/goes to sleep[\s\S]*awake again/);
});
