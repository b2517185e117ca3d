import { rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { hasSshd, TestSshd } from '../connect/sshd.ts';
import { whyNoLocalPty } from '../terminal/local.ts';
import { test } from './app-test.ts';
import type { OpenApp } from './harness.ts';
import {
  agree,
  BASH,
  enter,
  openLocalShell,
  paste,
  ready,
  screenText,
  selectSample,
  shows,
  showTab,
} from './terminal-driver.ts';

/**
 * Milliseconds after which a flood has stopped the window, however slow the computer. A person waits a second for Ctrl-C at
 * most: whether it is that is read from what the test prints, on a computer that does nothing else.
 */
const STUCK = 10_000;
/** Frames that are looked at while a flood runs. */
const FRAMES = 120;

const big = join(tmpdir(), `culprit-window-flood-${process.pid}`);
const sshd = new TestSshd();
beforeAll(async () => {
  if (hasSshd) await sshd.start();
  await writeFile(big, `${'x'.repeat(998)}\n`.repeat(100_000));
});
afterAll(async () => {
  if (hasSshd) await sshd.remove();
  await rm(big, { force: true });
});

/** Adds the test's own server as a machine and selects it; gives its id. */
async function addGuest(app: OpenApp): Promise<string> {
  await agree(app);
  const host = {
    name: 'test-guest',
    host: '127.0.0.1',
    port: sshd.port,
    login: { user: userInfo().username, identityFile: sshd.key },
  };
  const added = await app.page.evaluate((host) => window.culprit.call('addHost', host), host);
  if (!added.ok) throw new Error(JSON.stringify(added));
  await app.page.getByText('test-guest').first().click();
  await app.page.locator('[data-pane]').waitFor();
  return (added.value as { machine: string }).machine;
}

async function openGuestShell(app: OpenApp): Promise<string> {
  const machine = await addGuest(app);
  await showTab(app, 'Guest shell');
  await ready(app);
  return machine;
}

/** How long the window takes from frame to frame, over so many: rising. Milliseconds. */
function frames(page: Page): Promise<number[]> {
  return page.evaluate(
    (count) =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = [];
        let last = performance.now();
        const tick = () => {
          const now = performance.now();
          gaps.push(now - last);
          last = now;
          if (gaps.length < count) requestAnimationFrame(tick);
          else resolve(gaps.sort((a, b) => a - b));
        };
        requestAnimationFrame(tick);
      }),
    FRAMES,
  );
}

/** Types Ctrl-C, and gives the milliseconds until the prompt is on screen. */
async function ctrlC(page: Page): Promise<number> {
  // The key must not come before who listens for it: a handle says that the page does, and holds what it will say.
  const watch = await page.evaluateHandle(() => {
    const rows = document.querySelector('.xterm-rows');
    const prompted = () => {
      const text = [...(rows?.children ?? [])].map((row) => row.textContent).join('\n');
      return /ready>$/.test(text.replaceAll('\u00a0', ' ').trimEnd());
    };
    const took = new Promise<number>((resolve) => {
      const typed = () => {
        const began = performance.now();
        const look = () => {
          if (prompted()) resolve(performance.now() - began);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      };
      addEventListener('keydown', typed, { capture: true, once: true });
    });
    return { took };
  });
  await page.keyboard.press('Control+c');
  return watch.evaluate(({ took }) => took);
}

const noShell = whyNoLocalPty();
const WAYS = [
  { way: 'on this computer', open: openLocalShell, whyNot: noShell },
  { way: 'over SSH', open: openGuestShell, whyNot: hasSshd ? undefined : 'sshd is not installed' },
];

describe.each(WAYS)('a flood $way', ({ way, open: openShell, whyNot }) => {
  test.for([
    ['yes', 'yes'],
    ['a file of 100 MB', `cat ${big}`],
  ] as const)(
    'of %s leaves the window alive and obeys Ctrl-C at once',
    async ([what, command], { open, skip }) => {
      if (whyNot !== undefined) skip(whyNot);
      const app = await open(BASH);
      await openShell(app);
      await enter(app, command);
      await shows(app.page, /^(?:y|x+)\n(?:(?:y|x+)\n){10}/);
      const gaps = await frames(app.page);
      const took = await ctrlC(app.page);
      const at = (share: number) => Math.round(gaps[Math.floor(gaps.length * share)] ?? 0);
      console.info(
        `${what} ${way}: frames median ${at(0.5)}, p95 ${at(0.95)}, longest ${Math.round(gaps.at(-1) ?? 0)} ms; Ctrl-C ${Math.round(took)} ms`,
      );
      expect(gaps.at(-1)).toBeLessThan(STUCK);
      expect(took).toBeLessThan(STUCK);
      await enter(app, `echo al''ive`);
      await shows(app.page, /\nalive\nready>$/);
    },
  );
});

describe('a shell', () => {
  test('lives on while its tab or the whole terminal is out of sight', async ({ open, skip }) => {
    if (noShell !== undefined) skip(noShell);
    const app = await open(BASH);
    const { page } = app;
    await openLocalShell(app);
    await enter(app, 'kept=still-$$; echo "$kept"');
    await shows(page, /\nstill-\d+\nready>$/);
    const [mark = ''] = /still-\d+/.exec(await screenText(page)) ?? [];
    await showTab(app, 'Run log');
    await showTab(app, 'Local shell');
    await app.clickMenu('toggle-terminal');
    await page.locator('[data-pane]').waitFor({ state: 'detached' });
    await app.clickMenu('focus-8');
    await shows(page, new RegExp(`\\n${mark}\\nready>$`));
    await enter(app, 'echo "again $kept"');
    await shows(page, new RegExp(`\\nagain ${mark}\\nready>$`));
  });

  test('knows its new size when the window becomes smaller', async ({ open, skip }) => {
    if (noShell !== undefined) skip(noShell);
    const app = await open(BASH);
    const { page } = app;
    await openLocalShell(app);
    const size = async (mark: string) => {
      await enter(app, `clear; echo ${mark.slice(0, 1)}''${mark.slice(1)} $(stty size)`);
      await shows(page, new RegExp(`^${mark} \\d+ \\d+\nready>$`));
      const [, rows, cols] = /(\d+) (\d+)/.exec(await screenText(page)) ?? [];
      return { rows: Number(rows), cols: Number(cols) };
    };
    const before = await size('before');
    await page.setViewportSize({ width: 1000, height: 640 });
    const rows = () => page.locator('.xterm-rows > div').count();
    await expect.poll(rows).not.toBe(before.rows);
    expect(await size('after')).toMatchObject({ rows: await rows() });
  });

  test('rings in sight, and on its tab when it is out of sight', async ({ open, skip }) => {
    if (noShell !== undefined) skip(noShell);
    const app = await open(BASH);
    const { page } = app;
    await openLocalShell(app);
    const rung = await page.evaluateHandle(() => ({
      once: new Promise<void>((resolve) => {
        const seen = new MutationObserver(() => {
          if (document.querySelector('[data-ringing]') !== null) resolve();
        });
        seen.observe(document.body, { subtree: true, childList: true, attributes: true });
      }),
    }));
    await enter(app, String.raw`printf '\a'`);
    await rung.evaluate(({ once }) => once);
    await page.locator('[data-ringing]').waitFor({ state: 'detached' });
    const bell = page.getByRole('tab', { name: 'Local shell' }).getByRole('img', { name: 'The bell rang.' });
    expect(await bell.count()).toBe(0);
    await showTab(app, 'Run log');
    const data = `${String.raw`printf '\a'`}\n`;
    await page.evaluate((data) => window.culprit.call('typeInTerminal', { terminal: 't1', data }), data);
    await bell.waitFor();
    await showTab(app, 'Local shell');
    await bell.waitFor({ state: 'detached' });
    await page.locator('[data-ringing]').waitFor({ state: 'detached' });
  });

  test('that has ended says so, and a new one opens at a button', async ({ open, skip }) => {
    if (noShell !== undefined) skip(noShell);
    const app = await open(BASH);
    await openLocalShell(app);
    await enter(app, 'exit');
    await app.page.getByText('The shell has ended.').waitFor();
    const again = app.page.getByRole('button', { name: 'Open a New Shell' });
    await again.click();
    await ready(app);
    await enter(app, 'exit 3');
    await app.page.getByText('The shell has ended with exit code 3.').waitFor();
    await again.click();
    await ready(app);
    await enter(app, 'kill -KILL $$');
    await app.page.getByText('The shell was ended by SIGKILL.').waitFor();
  });

  test('asks before several lines are pasted, and pastes nothing when told not to', async ({
    open,
    skip,
  }) => {
    if (noShell !== undefined) skip(noShell);
    const app = await open(BASH);
    const { page } = app;
    await openLocalShell(app);
    await paste(app, 'echo one-$((1+0))\necho two-$((1+1))\n');
    const asked = page.getByRole('alertdialog', { name: 'Paste 2 lines?' });
    await asked.waitFor();
    await page.keyboard.press('Escape');
    await asked.waitFor({ state: 'detached' });
    await enter(app, `echo mid''dle`);
    await shows(page, /\nmiddle\nready>$/);
    expect(await screenText(page)).not.toMatch(/one-/);
    await paste(app, 'echo one-$((1+0))\necho two-$((1+1))\n');
    await asked.getByRole('button', { name: 'Paste' }).click();
    await page.keyboard.press('Enter');
    await shows(page, /\none-1\n[\s\S]*two-2\n[\s\S]*ready>$/);
    await paste(app, 'echo single');
    await shows(page, /ready> echo single$/);
  });

  test('opens honest links with Ctrl or ⌘, asks about others, and no other scheme', async ({
    open,
    skip,
  }) => {
    if (noShell !== undefined) skip(noShell);
    const app = await open(BASH);
    const { page } = app;
    await openLocalShell(app);
    const osc8 = (url: string, text: string) => `\\e]8;;${url}\\e\\\\${text}\\e]8;;\\e\\\\`;
    const links = [
      'https://example.com/plain',
      osc8('https://evil.example/', 'https://example.com/shown'),
      osc8('file:///etc/passwd', 'a-file'),
    ];
    await enter(app, `clear; printf '${links.join('\\n')}\\n'`);
    await shows(page, /^https:\/\/example\.com\/plain\nhttps:\/\/example\.com\/shown\na-file\nready>$/);
    const click = async (row: number, modifiers: ('Control' | 'Meta')[]) => {
      const line = page.locator('.xterm-rows > div').nth(row);
      const position = { x: 20, y: 8 };
      await line.hover({ position, force: true });
      await line.click({ position, modifiers, force: true });
    };
    await click(0, []);
    await click(2, ['Control']);
    await click(0, ['Control']);
    await expect.poll(() => app.did('openExternal')).toEqual([['https://example.com/plain']]);
    await click(1, ['Control']);
    const asked = page.getByRole('alertdialog', { name: 'Open this link?' });
    await asked.getByText('https://evil.example/').waitFor();
    await asked.getByRole('button', { name: 'Open' }).click();
    await expect
      .poll(() => app.did('openExternal'))
      .toEqual([['https://example.com/plain'], ['https://evil.example/']]);
  });

  test('shows colours given as numbers, and text on its own colour inverted', async ({ open, skip }) => {
    if (noShell !== undefined) skip(noShell);
    const app = await open({ ...BASH, theme: 'light' });
    const { page } = app;
    await openLocalShell(app);
    await enter(
      app,
      String.raw`clear; printf '\e[38;2;0;90;200mnumbers\e[0m \e[7minverse\e[0m \e[93mbright\e[0m\n'`,
    );
    await shows(page, /^numbers inverse bright\nready>$/);
    const colour = (text: string, what: 'color' | 'backgroundColor') =>
      page
        .locator('.xterm-rows span', { hasText: text })
        .first()
        .evaluate((span, what) => getComputedStyle(span)[what], what);
    expect(await colour('numbers', 'color')).toBe('rgb(0, 90, 200)');
    expect(await colour('inverse', 'color')).toBe('rgb(251, 251, 252)');
    expect(await colour('inverse', 'backgroundColor')).toBe('rgb(29, 29, 32)');
  });

  test('takes its colours from the appearance, at once', async ({ open, skip }) => {
    if (noShell !== undefined) skip(noShell);
    const app = await open({ ...BASH, theme: 'light' });
    const { page } = app;
    await openLocalShell(app);
    const ink = () => page.locator('.xterm-rows').evaluate((rows) => getComputedStyle(rows).color);
    expect(await ink()).toBe('rgb(29, 29, 32)');
    await page.evaluate(() => window.culprit.call('setSettings', { theme: 'dark' }));
    await expect.poll(ink).toBe('rgb(236, 236, 240)');
  });

  test('lets the keyboard out, and is searched and cleared by it', async ({ open, skip }) => {
    if (noShell !== undefined) skip(noShell);
    const app = await open(BASH);
    const { page } = app;
    await openLocalShell(app);
    await enter(app, 'clear; for n in 1 2 3; do echo needle $n; done');
    await shows(page, /needle 3\nready>$/);
    await page.keyboard.press('Control+Shift+F');
    const bar = page.getByRole('search');
    await bar.getByRole('textbox').fill('needle');
    await bar.getByText(/of 3$/).waitFor();
    await page.keyboard.press('Escape');
    await bar.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.closest('.xterm') !== null)).toBe(true);
    await page.keyboard.press('Control+Alt+k');
    await shows(page, /^ready>$/);
    await page.keyboard.press('Control+6');
    await page.getByRole('tab', { name: 'Run log', selected: true }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest('.xterm') === null)).toBe(true);
  });

  test('cannot put anything onto the clipboard, nor name the window', async ({ open, skip }) => {
    if (noShell !== undefined) skip(noShell);
    const app = await open(BASH);
    const { page } = app;
    await openLocalShell(app);
    await enter(app, String.raw`clear; printf '\e]52;c;ZXZpbA==\a\e]0;evil title\a'; echo do''ne`);
    await shows(page, /^done\nready>$/);
    expect(await app.did('writeText')).toEqual([]);
    await page.locator('[role=tab] [title="evil title"]').waitFor();
    expect(await page.title()).toBe('Recorded VM — Culprit');
  });
});

describe('a guest shell', () => {
  test('is not there for the sample, which says what to do instead', async ({ open }) => {
    const app = await open(BASH);
    await selectSample(app);
    await showTab(app, 'Guest shell');
    await app.page.getByText('The sample has no shell').waitFor();
    // the sidebar has one, too
    await app.page.locator('#terminal').getByRole('button', { name: 'Add SSH Host…' }).click();
    await app.page.getByRole('dialog').waitFor();
  });

  test('that does not open says why, and opens when the cause is gone', async ({ open, skip }) => {
    if (!hasSshd) skip('sshd is not installed');
    const app = await open(BASH);
    await addGuest(app);
    await sshd.stop();
    await showTab(app, 'Guest shell');
    await app.page.locator('[data-pane]').getByText('connect-refused').waitFor();
    await sshd.start();
    await app.page.getByRole('button', { name: 'Try Again' }).click();
    await ready(app);
  });
});
