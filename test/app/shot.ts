/**
 * Screenshots of the built application, to judge it by looking:
 *
 *   npm run build && npx tsx test/app/shot.ts [--steps FILE] [--themes light,dark] [--sizes 1280x800,…] [NAME…]
 *
 * writes `out/screenshots/NAME-THEME-WIDTHxHEIGHT.png` for every shot of `test/app/shots.ts`, or for the named ones. FILE is
 * another module that exports `SHOTS`, for trying something out. `npm run screenshots` does all of it.
 *
 * `--pictures` (`npm run pictures`) takes those of the README instead, into `docs/images/`.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type OpenApp, type OpenOptions, openApp } from './harness.ts';
import { FONTS } from './shots/fonts.ts';

/** One state of the application. */
export interface Shot {
  name: string;
  open?: OpenOptions;
  /** Only this one, and not by the system's appearance. */
  theme?: 'light' | 'dark';
  /** Puts things into the data folder before the start; may add to how it is opened. */
  prepare?(dataFolder: string): Promise<OpenOptions>;
  /** Brings the application from its start into this state. */
  steps(app: OpenApp, atEnd: AtEnd): Promise<void>;
}

/** Is done when the picture is taken: lets go of what the steps opened. */
export type AtEnd = (end: () => Promise<void>) => void;

const SIZES = '1280x800,1728x1117,900x600';
/** The window's own buttons, which are the system's on a Mac and in no page; where `trafficLightPosition` puts them. */
const BUTTONS = `html::after {
  content: ''; position: fixed; left: 18px; top: 20px; width: 52px; height: 12px; z-index: 99999; pointer-events: none;
  background: radial-gradient(circle at 6px 6px, #ff5f57 5.5px, #0000 6px),
    radial-gradient(circle at 26px 6px, #febc2e 5.5px, #0000 6px), radial-gradient(circle at 46px 6px, #28c840 5.5px, #0000 6px);
}`;

const { values, positionals } = parseArgs({
  options: {
    steps: { type: 'string' },
    themes: { type: 'string' },
    sizes: { type: 'string' },
    pictures: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const { pictures } = values;
const folder = fileURLToPath(
  new URL(pictures ? '../../docs/images' : '../../out/screenshots', import.meta.url),
);
const sizes = (values.sizes ?? (pictures ? '1280x800' : SIZES)).split(',').map((size) => {
  const [width = 0, height = 0] = size.split('x').map(Number);
  return { width, height };
});
const themes = (values.themes ?? 'light,dark')
  .split(',')
  .map((theme) => (theme === 'dark' ? 'dark' : 'light'));

async function take({ name, open, theme: only, prepare, steps }: Shot): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'culprit-shot-'));
  const dataFolder = join(scratch, 'data');
  const fonts = join(scratch, 'fonts.conf');
  await writeFile(fonts, FONTS);
  const prepared = await prepare?.(dataFolder);
  const env = { FONTCONFIG_FILE: fonts, ...open?.env, ...prepared?.env };
  const ends: (() => Promise<void>)[] = [() => rm(scratch, { recursive: true, force: true })];
  const [size = { width: 1280, height: 800 }] = sizes;
  const app = await openApp({ platform: 'darwin', keychain: true, ...open, env, size, dataFolder });
  try {
    await app.page.locator('#root > *').first().waitFor();
    await steps(app, (end) => ends.unshift(end));
    for (const { width, height } of sizes) {
      await app.order('setBounds', { x: 0, y: 25, width, height });
      await app.page.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, {
        width,
        height,
      });
      for (const theme of only ? [only] : themes) {
        await app.page.emulateMedia({ colorScheme: theme });
        const path = join(folder, pictures ? `${name}.png` : `${name}-${theme}-${width}x${height}.png`);
        await app.page.screenshot({ path, style: BUTTONS, animations: 'disabled' });
        process.stdout.write(`${path}\n`);
      }
    }
    for (const error of await app.did('pageerror')) process.stderr.write(`${name}: ${error}\n`);
  } finally {
    await app.close();
    for (const end of ends) await end();
  }
}

async function shots(): Promise<Shot[]> {
  if (values.steps !== undefined) return (await import(pathToFileURL(resolve(values.steps)).href)).SHOTS;
  return pictures ? (await import('./shots/pictures.ts')).SHOTS : (await import('./shots.ts')).SHOTS;
}

await mkdir(folder, { recursive: true });
for (const shot of (await shots()).filter(
  ({ name }) => positionals.length === 0 || positionals.includes(name),
))
  await take(shot).catch((error: unknown) => {
    process.exitCode = 1;
    process.stderr.write(`${shot.name}: ${String(error)}\n`);
  });
