import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { options } from './control.ts';

const ARGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
];

/** Starts the browser, as one application window of its own; the pages of its one context are Electron's windows. */
export async function startBrowser(): Promise<BrowserContext> {
  const { headless, browser, profile, attach } = options;
  const asRoot = process.getuid?.() === 0;
  return chromium.launchPersistentContext(profile, {
    executablePath: browser,
    headless,
    // Chromium cannot sandbox what root starts.
    chromiumSandbox: !asRoot,
    viewport: null,
    // Main decides what happens on a signal.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ...(headless ? {} : { ignoreDefaultArgs: ['--enable-automation'] }),
    args: [
      ...ARGS,
      ...(headless ? ['--disable-gpu', '--font-render-hinting=none'] : ['--app=data:text/html,Culprit']),
      ...(attach ? ['--remote-debugging-port=0'] : []),
    ],
  });
}

/** Where a test can attach; throws when the browser has not said so yet. */
export function attachUrl(): string {
  const [port = ''] = readFileSync(join(options.profile, 'DevToolsActivePort'), 'utf8').split('\n');
  return `http://127.0.0.1:${port}`;
}
