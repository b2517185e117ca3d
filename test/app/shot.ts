/**
 * Screenshots of the built application, to judge it by looking:
 *
 *   npm run build && npx tsx test/app/shot.ts [--steps FILE] [--themes light,dark] [--sizes 1280x800,…] [NAME…]
 *
 * writes `out/screenshots/NAME-THEME-WIDTHxHEIGHT.png` for every shot of `test/app/shots.ts`, or for the named ones. FILE is
 * another module that exports `SHOTS`, for trying something out. `npm run screenshots` does all of it.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type OpenApp, type OpenOptions, openApp } from './harness.ts';

/** One state of the application. */
export interface Shot {
  name: string;
  open?: OpenOptions;
  /** Brings the application from its start into this state. */
  steps(app: OpenApp): Promise<void>;
}

const SIZES = '1280x800,1728x1117,900x600';
/** The window's own buttons, which are the system's on a Mac and in no page; where `trafficLightPosition` puts them. */
const BUTTONS = `html::after {
  content: ''; position: fixed; left: 18px; top: 18px; width: 52px; height: 12px; z-index: 99999; pointer-events: none;
  background: radial-gradient(circle at 6px 6px, #ff5f57 5.5px, #0000 6px),
    radial-gradient(circle at 26px 6px, #febc2e 5.5px, #0000 6px), radial-gradient(circle at 46px 6px, #28c840 5.5px, #0000 6px);
}`;

const { values, positionals } = parseArgs({
  options: { steps: { type: 'string' }, themes: { type: 'string' }, sizes: { type: 'string' } },
  allowPositionals: true,
});
const folder = fileURLToPath(new URL('../../out/screenshots', import.meta.url));
const sizes = (values.sizes ?? SIZES).split(',').map((size) => {
  const [width = 0, height = 0] = size.split('x').map(Number);
  return { width, height };
});
const [first = { width: 1280, height: 800 }] = sizes;

async function take({ name, open, steps }: Shot, theme: 'light' | 'dark'): Promise<void> {
  const app = await openApp({ platform: 'darwin', keychain: true, ...open, theme, size: first });
  try {
    await steps(app);
    for (const { width, height } of sizes) {
      await app.order('setBounds', { x: 0, y: 25, width, height });
      await app.page.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, {
        width,
        height,
      });
      const path = join(folder, `${name}-${theme}-${width}x${height}.png`);
      await app.page.screenshot({ path, style: BUTTONS, animations: 'disabled' });
      process.stdout.write(`${path}\n`);
    }
    for (const error of await app.did('pageerror')) process.stderr.write(`${name}: ${error}\n`);
  } finally {
    await app.close();
  }
}

const file = values.steps === undefined ? new URL('./shots.ts', import.meta.url) : resolve(values.steps);
const { SHOTS } = (await import(file instanceof URL ? file.href : pathToFileURL(file).href)) as {
  SHOTS: Shot[];
};
await mkdir(folder, { recursive: true });
for (const shot of SHOTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  for (const theme of (values.themes ?? 'light,dark').split(',')) {
    await take(shot, theme === 'dark' ? 'dark' : 'light');
  }
}
