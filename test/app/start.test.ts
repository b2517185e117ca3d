import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { findBrowser, findElectron } from '../../build/desktop.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const report = join(root, 'report-sample.md');

/** Whatever Electron is downloaded from, it is not there. */
const NO_DOWNLOAD = {
  ELECTRON_MIRROR: 'http://127.0.0.1:9/',
  HTTPS_PROXY: undefined,
  https_proxy: undefined,
  GLOBAL_AGENT_HTTPS_PROXY: undefined,
};

/** `npm start` on a computer whose environment is changed so, to its end. */
async function start(env: NodeJS.ProcessEnv): Promise<{ code: number; out: string; err: string }> {
  const data = await mkdtemp(join(tmpdir(), 'culprit-start-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  await rm(report, { force: true });
  const child = spawn(process.execPath, ['build/start.mjs'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...NO_DOWNLOAD, CULPRIT_DATA: data, ...env },
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, out, err };
}

/** The sample in the terminal is what every way ends in that leads to no window. */
async function expectSample({ code, out, err }: Awaited<ReturnType<typeof start>>): Promise<void> {
  expect(code).toBe(0);
  expect(out).toMatch(/Problem found|docker0/);
  expect(await readFile(report, 'utf8')).toMatch(/^# .*\n[\s\S]*docker0/);
  expect(err).not.toMatch(/\n\s+at .*:\d+|Culprit cannot start/);
}

test.skipIf(process.platform !== 'linux')(
  'without a display it shows the sample and writes its report',
  async () => {
    const started = await start({ DISPLAY: '', WAYLAND_DISPLAY: '' });
    await expectSample(started);
    expect(started.err).toMatch(/^There is no display/);
  },
  120_000,
);

test('without Electron and with a display that nobody serves it says what it tried, then shows the sample', async ({
  skip,
}) => {
  if (process.platform !== 'linux') skip('every other system has a display');
  if (findElectron(root) !== undefined) skip('Electron is installed');
  if (findBrowser() === undefined) skip('there is no browser of the Chrome family');
  const started = await start({ DISPLAY: ':987', WAYLAND_DISPLAY: '' });
  await expectSample(started);
  const sentences = [
    'Electron’s runtime is not here and cannot be downloaded.',
    'Opening the same window in ',
    'The browser does not start on this computer.',
    'Here is the bundled sample in the terminal.',
  ];
  const places = sentences.map((sentence) => started.err.indexOf(sentence));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
}, 120_000);

test('with neither Electron nor a browser it shows the sample', async ({ skip }) => {
  if (process.platform !== 'linux') skip('elsewhere browsers are not looked for on the PATH');
  if (findElectron(root) !== undefined) skip('Electron is installed');
  const started = await start({ DISPLAY: ':987', PATH: '/nonexistent' });
  await expectSample(started);
  expect(started.err).toMatch(/cannot be downloaded\.\nNo Chrome or Chromium is installed either\.\n/);
}, 120_000);
