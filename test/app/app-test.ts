import { afterAll, test as base, beforeAll, beforeEach, expect } from 'vitest';
import { type OpenApp, type OpenOptions, openApp, whyNot } from './harness.ts';

interface AppFixtures {
  /**
   * Opens the application. When the test is over it is closed, and nothing may have broken in it but what the test
   * `tolerates`. Where the application can't be opened, the test is skipped and says why.
   */
  open(options?: OpenOptions): Promise<OpenApp>;
}

/** What page and main say when something broke. */
async function complaints(app: OpenApp): Promise<string[]> {
  const said = [
    ...(await app.did('pageerror')).map(([error]) => `page: ${error}`),
    ...(await app.did('console')).filter(([type]) => type === 'error').map(([, text]) => `console: ${text}`),
    ...(await app.log()).split('\n').filter((line) => /broke:|uncaught:|unhandled:/.test(line)),
  ];
  return said.filter((line) => !app.tolerated.some((pattern) => pattern.test(line)));
}

/** A test that opens the built application. */
export const test = base.extend<AppFixtures>({
  open: async ({ skip }, use) => {
    const reason = whyNot();
    if (reason !== undefined) skip(reason);
    const opened: OpenApp[] = [];
    await use(async (options) => {
      const app = await openApp(options);
      opened.push(app);
      return app;
    });
    const said: string[] = [];
    for (const app of opened) said.push(...(await closed(app)));
    expect(said).toEqual([]);
  },
});

/** Closes the application if it is open; gives what broke in it. */
async function closed(app: OpenApp): Promise<string[]> {
  if (app.hasEnded()) return [];
  const said = await complaints(app);
  await app.close();
  return said;
}

/**
 * One application for all tests of a file, for opening one takes seconds: opened before the first and brought into a state
 * by `first`, closed after the last, and nothing may have broken in it. Where none can be opened, each test is skipped and
 * says why. Gives what gives it.
 */
export function sharedApp(options: OpenOptions, first?: (app: OpenApp) => Promise<void>): () => OpenApp {
  const reason = whyNot();
  let app: OpenApp | undefined;
  beforeAll(async () => {
    if (reason !== undefined) return;
    app = await openApp(options);
    await first?.(app);
  });
  beforeEach(({ skip }) => {
    if (reason !== undefined) skip(reason);
  });
  afterAll(async () => {
    if (app !== undefined) expect(await closed(app)).toEqual([]);
  });
  return () => {
    if (app === undefined) throw new Error('the application is not open');
    return app;
  };
}
