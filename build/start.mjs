// `npm start`: opens the window, by the best means that this computer has.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBuilt } from './built.mjs';
import { fetchElectron, findBrowser, findElectron, hasDisplay, isReachable } from './desktop.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, 'out/main/main.js');
const say = (sentence) => process.stderr.write(`${sentence}\n`);

/** Electron that ends this soon and badly never showed a window. */
const TOO_SOON_MS = 5000;
/** What the double ends with when its browser does not start: sysexits' EX_UNAVAILABLE. */
const NO_BROWSER = 69;

/** Runs a program until it ends, handing on what is to end us; gives its exit code and how long it ran. */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const begun = Date.now();
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    // A terminal sends Ctrl-C to both of us; the other signals come to us alone.
    process.on('SIGINT', () => {});
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    const done = (code) => resolve({ code: code ?? 130, ms: Date.now() - begun });
    child.on('error', () => done(127));
    child.on('exit', done);
  });
}

/** Electron, where its runtime is or can be had; undefined when it can't show a window here. */
async function withElectron() {
  let electron = findElectron(root);
  if (electron === undefined && (await isReachable())) {
    say('Fetching Electron’s runtime (about 100 MB, once) …');
    electron = fetchElectron(root);
  }
  if (electron === undefined) {
    say('Electron’s runtime is not here and cannot be downloaded.');
    return undefined;
  }
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const { code, ms } = await run(electron, asRoot ? [root, '--no-sandbox'] : [root]);
  if (code === 0 || ms > TOO_SOON_MS) return code;
  say('Electron is here but does not start on this computer.');
  return undefined;
}

/** The same main and the same page in a browser; undefined when there is none that shows a window. */
async function withBrowser() {
  const browser = findBrowser();
  if (browser === undefined) {
    say('No Chrome or Chromium is installed either.');
    return undefined;
  }
  say(`Opening the same window in ${browser}.`);
  const profile = mkdtempSync(join(tmpdir(), 'culprit-window-'));
  const wanted = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || 'en_US';
  const languages = [Intl.DateTimeFormat().resolvedOptions().locale, wanted.split('.')[0].replace('_', '-')];
  const double = {
    headless: false,
    browser,
    codeWithoutBrowser: NO_BROWSER,
    profile,
    languages: languages.reverse(),
  };
  const register = pathToFileURL(join(root, 'test/app/double/register.mjs')).href;
  const { code } = await run(process.execPath, ['--import', 'tsx', '--import', register, main], {
    CULPRIT_DOUBLE: JSON.stringify(double),
  });
  rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  if (code !== NO_BROWSER) return code;
  say('The browser does not start on this computer.');
  return undefined;
}

/** With no window to be had: the sample, in the terminal. */
function inTerminal() {
  const args = ['--import', 'tsx', 'electron/cli.ts', '--sample', '--report', 'report-sample.md'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  // The sample has a fault, so "problem found" (1) is what a good start looks like.
  return status === 1 ? 0 : (status ?? 130);
}

async function start() {
  const ready =
    spawnSync(process.execPath, ['build/setup.mjs'], { cwd: root, stdio: 'inherit' }).status ?? 130;
  if (ready !== 0) return ready;
  if (!hasDisplay()) {
    say('There is no display to open a window on; here is the bundled sample in the terminal.');
    return inTerminal();
  }
  const log = ensureBuilt();
  if (log !== undefined) {
    say(`The window could not be built; ${log} says why. Here is the bundled sample in the terminal.`);
    return inTerminal();
  }
  const shown = (await withElectron()) ?? (await withBrowser());
  if (shown !== undefined) return shown;
  say('Here is the bundled sample in the terminal.');
  return inTerminal();
}

process.exitCode = await start();
