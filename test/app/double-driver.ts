import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { DoubleOptions } from './double/control.ts';
import type { Orders } from './double/obey.ts';
import type { Driven, OpenOptions } from './harness.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const REGISTER = fileURLToPath(new URL('./double/register.mjs', import.meta.url));
/** A key for a Keychain in which nothing that matters is kept. */
const KEY = '00112233445566778899aabbccddeeff'.repeat(2);

const BROWSER = process.env.CULPRIT_BROWSER ?? '/usr/bin/chromium';

/** Why the double can't run here; undefined when it can. */
export function noBrowser(): string | undefined {
  if (existsSync(BROWSER)) return undefined;
  return `there is no Chromium at ${BROWSER}; CULPRIT_BROWSER names another`;
}

type StartOptions = OpenOptions & { dataFolder: string; scratch: string };

/** Runs the built main in a process of its own, in the double of Electron. */
export function spawnMain(options: StartOptions): Omit<Driven, 'page' | 'release'> {
  const { languages, theme, platform, keychain, size } = options;
  const double: DoubleOptions = {
    profile: join(options.scratch, 'profile'),
    attach: true,
    browser: BROWSER,
    theme: theme ?? 'light',
    ...(languages ? { languages } : {}),
    ...(platform ? { platform } : {}),
    ...(keychain ? { key: KEY } : {}),
    ...(size ? { displays: [{ x: 0, y: 25, ...size }] } : {}),
  };
  const main = process.env.CULPRIT_MAIN ?? join(root, 'out/main/main.js');
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', REGISTER, main], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      // Not the one of whoever runs this.
      CULPRIT_SSH_CONFIG: '/dev/null',
      ...options.env,
      CULPRIT_DATA: options.dataFolder,
      CULPRIT_DOUBLE: JSON.stringify(double),
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return {
    order: orders(child, exited, () => output),
    exited,
    output: () => output,
    kill: (signal) => void child.kill(signal),
  };
}

/** The same, attached to its page. */
export async function startDouble(options: StartOptions): Promise<Driven> {
  const main = spawnMain(options);
  try {
    const browser = await chromium.connectOverCDP(await main.order('attach'), { noDefaults: true });
    const [context] = browser.contexts();
    if (context === undefined) throw new Error('the browser has no context');
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    await page.waitForURL(/^https:\/\/bundle\.app\.double\//);
    return { ...main, page, release: () => browser.close() };
  } catch (error) {
    main.kill('SIGKILL');
    throw error;
  }
}

/** Asks the process in which main runs; rejects when it is over. */
function orders(child: ChildProcess, exited: Promise<unknown>, output: () => string): Driven['order'] {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let count = 0;
  child.on('message', ({ id, value, error }: { id: number; value?: unknown; error?: string }) => {
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error === undefined) resolve?.(value);
    else reject?.(new Error(error));
  });
  void exited.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`the application has ended\n${output()}`));
    waiting.clear();
  });
  return ((order: keyof Orders, input?: unknown) =>
    new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, { resolve, reject });
      child.send({ order, id: count, input }, (error) => {
        if (error) reject(error);
      });
    })) as Driven['order'];
}
