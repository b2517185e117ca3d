import { test as base, expect } from 'vitest';
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
    for (const app of opened) {
      if (app.hasEnded()) continue;
      said.push(...(await complaints(app)));
      await app.close();
    }
    expect(said).toEqual([]);
  },
});
