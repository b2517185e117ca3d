import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { test } from './app-test.ts';
import { answerSheet, row, sheet } from './person.ts';
import { withMachines } from './shots/place.ts';
import { writeVBoxManage } from './shots/vboxmanage.ts';

test('in Settings, VBoxManage is chosen and host keys are forgotten', async ({ open }) => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'culprit-settings-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  await withMachines(dataFolder);
  const folder = join(dataFolder, 'elsewhere');
  await mkdir(folder);
  const path = await writeVBoxManage(folder);
  const { page, clickMenu, answer } = await open({ dataFolder, env: { CULPRIT_VBOXMANAGE: undefined } });

  await row(page, /^build-box/).waitFor();
  await clickMenu('settings');
  const settings = sheet(page, 'Settings');
  const choose = settings.getByRole('button', { name: 'Choose…' });
  await answer('showOpenDialog', { canceled: false, filePaths: ['/bin/sh'] });
  await choose.click();
  await page.getByText('/bin/sh is not VBoxManage').waitFor();
  expect(await settings.getByText('Looked for at its usual places').count()).toBe(1);
  await answer('showOpenDialog', { canceled: false, filePaths: [path] });
  await choose.click();
  await settings.getByText(path).waitFor();
  await row(page, /^docker-vm/).waitFor();

  const keys = settings.getByRole('button', { name: /^Forget: Host key/ });
  await expect.poll(() => keys.count()).toBe(3);
  await settings.getByRole('button', { name: 'Forget: Host key, docker-vm' }).click();
  await expect.poll(() => keys.count()).toBe(2);
  const kept = JSON.parse(await readFile(join(dataFolder, 'host-keys.json'), 'utf8')) as { hosts: object };
  expect(Object.keys(kept.hosts)).toEqual(['build-box.local:22', '192.168.56.101:22']);

  await settings.getByRole('button', { name: 'Look For It' }).click();
  await settings.getByText('Looked for at its usual places').waitFor();
  await answerSheet(page, 'Settings', 'Done');
});
