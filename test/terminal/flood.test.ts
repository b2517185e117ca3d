import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLocalPty } from '../../electron/app/terminals/local-pty.ts';
import { createTerminals } from '../../electron/app/terminals/terminals.ts';
import { openSshTerminal } from '../../electron/connect/ssh-terminal.ts';
import { until } from '../connect/processes.ts';
import { hasSshd, TestSshd } from '../connect/sshd.ts';
import { whyNoLocalPty } from './local.ts';
import { FakeWindow } from './window.ts';

/** Characters on the way that main allows, and what comes in one piece on top of them. */
const MOST_UNSHOWN = 100_000 + 2 * 65_536;
/** A guest's whole window of 2 MiB may be on the way; much more must not come after Ctrl-C. */
const MOST_AFTER = 300_000;
const MACHINE = 'ssh:00000000';
/** What the flood repeats: it sets a mode each time. */
const MODE_LINE = '\x1b[?2004hy\r\n';
const big = join(tmpdir(), `culprit-flood-${process.pid}`);
const LINES = 100_000;
const LINE = `${'x'.repeat(998)}\n`;

const sshd = new TestSshd();
beforeAll(async () => {
  if (hasSshd) await sshd.start();
  await writeFile(big, LINE.repeat(LINES));
});
afterAll(async () => {
  if (hasSshd) await sshd.remove();
  await rm(big);
});

async function open(machine: string | undefined): Promise<FakeWindow> {
  const window = new FakeWindow();
  window.terminals = createTerminals({
    push: (name, value) => window.push(name, value),
    openGuest: async (_, size) => ({ pty: await openSshTerminal(sshd.options(), size), user: 'root' }),
    openLocal: (size) =>
      openLocalPty({ platform: process.platform, env: { ...process.env, SHELL: '/bin/bash' } }, size),
    findCommand: async () => undefined,
    lang: () => 'en',
  });
  const size = { cols: 80, rows: 24 };
  await window.terminals.handlers.openTerminal({ ...size, ...(machine && { machine }) });
  // readline's own sequences around a prompt are none of what these tests look at
  await window.type(`bind 'set enable-bracketed-paste off'; PS1='rea''dy> '; unset PROMPT_COMMAND\n`);
  await window.shows(/\n(?:\x1b\[\?2004l\r)?ready> /);
  return window;
}

const noSshd = hasSshd ? undefined : 'sshd is not installed';
const WAYS = [
  { way: 'over SSH', machine: MACHINE, whyNot: noSshd },
  { way: 'on this computer', machine: undefined, whyNot: whyNoLocalPty() },
];

describe.each(WAYS)('a flood $way', ({ machine, whyNot }) => {
  const here = test.skipIf(whyNot !== undefined && process.env.CI !== 'true');

  here('obeys Ctrl-C at once while the window keeps up', async () => {
    const window = await open(machine);
    await window.type('yes\n');
    await window.until(() => window.chars > 3_000_000);
    window.tail = '';
    const before = window.chars;
    await window.type('\x03');
    await window.shows(/\^C\r\nready> $/);
    expect(window.chars - before).toBeLessThan(MOST_AFTER);
    expect(window.mostUnshown).toBeLessThan(MOST_UNSHOWN);
    await window.terminals.closeAll();
  });

  here('is held back by a window that shows nothing, and skipped when Ctrl-C is typed', async () => {
    const window = await open(machine);
    window.showsAtOnce = false;
    await window.type('yes "$(printf "\\033[?2004h")y"\n');
    await window.until(() => window.unshown > 100_000);
    expect(window.mostUnshown).toBeLessThan(MOST_UNSHOWN);
    window.tail = '';
    const before = window.chars;
    await window.type('\x03');
    await window.shows(/\^C\r\nready> $/);
    expect(window.chars - before).toBeLessThan(MOST_AFTER);
    const note =
      /\x18((?:\x1b\[\?2004h)?)\x1b\[0m\r\n\x1b\[2m([\d,]+) characters of output were skipped\.\x1b\[0m\r\n/;
    const [, mode, skipped = ''] = note.exec(window.tail) ?? [];
    // A terminal of this computer forgets by itself what it holds when Ctrl-C is typed: there may be nothing left to skip.
    if (machine) expect(skipped).not.toBe('');
    // a whole line was among it, and with it what sets the mode
    if (Number(skipped.replaceAll(',', '')) > 2 * MODE_LINE.length) expect(mode).toBe('\x1b[?2004h');
    await window.terminals.closeAll();
  });

  here('that does not end with Ctrl-C is shown again', async () => {
    const window = await open(machine);
    await window.type(`(trap '' INT; exec yes)\n`);
    await window.until(() => window.chars > 1_000_000);
    await window.type('\x03');
    const before = window.chars;
    await window.until(() => window.chars > before + 1_000_000);
    expect(window.mostUnshown).toBeLessThan(MOST_UNSHOWN);
    await window.terminals.closeAll();
  });

  here(
    'of 100 MB comes whole, with little on the way at any time',
    async () => {
      const window = await open(machine);
      const before = window.chars;
      await window.type(`stty -echo -onlcr; clear() { :; }; cat ${big}; stty echo onlcr; echo do''ne\n`);
      await window.shows(/done\r?\n/);
      expect(window.chars - before).toBeGreaterThanOrEqual(LINES * LINE.length);
      expect(window.chars - before).toBeLessThan(LINES * LINE.length + 1000);
      expect(window.mostUnshown).toBeLessThan(MOST_UNSHOWN);
      await window.terminals.closeAll();
    },
    60_000,
  );
});

test.skipIf(!hasSshd && process.env.CI !== 'true')('closing everything leaves no login behind', async () => {
  const window = await open(MACHINE);
  await window.type('yes\n');
  await window.until(() => window.chars > 1_000_000);
  expect(sshd.sessions()).toBeGreaterThan(0);
  await window.terminals.closeAll();
  await until(() => sshd.sessions() === 0, 10_000);
});
