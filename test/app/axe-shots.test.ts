import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { test } from './app-test.ts';
import { expectNothingGrave } from './axe.ts';
import { SHOTS } from './shots.ts';

// axe looks at states that are brought about for their pictures.

test.for([
  'ask-trial',
  'ask-fix',
  'ask-undo',
  'fixing',
  'log',
  'path-missed',
  'timeline-row',
  'terminal-paste',
])('what is pictured as %s', async (name, { open }) => {
  const shot = SHOTS.find((one) => one.name === name);
  if (shot === undefined) throw new Error(`there is no picture ${name}`);
  const dataFolder = mkdtempSync(join(tmpdir(), 'culprit-axe-'));
  const ends: (() => Promise<void>)[] = [];
  onTestFinished(async () => {
    for (const end of ends) await end();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  const prepared = await shot.prepare?.(dataFolder);
  const app = await open({
    platform: 'darwin',
    keychain: true,
    ...shot.open,
    ...prepared,
    env: { ...shot.open?.env, ...prepared?.env },
    dataFolder,
  });
  await shot.steps(app, (end) => ends.unshift(end));
  await app.page.locator('details').evaluateAll((all) => {
    for (const details of all) details.setAttribute('open', '');
  });
  await expectNothingGrave(app.page);
});
