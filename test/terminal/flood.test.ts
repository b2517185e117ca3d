import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../connect/processes.ts';
import { hasSshd, TestSshd } from '../connect/sshd.ts';
import { MACHINE, openShell, WAYS } from './open.ts';

/** Characters on the way that main allows, and what comes in one piece on top of them. */
const MOST_UNSHOWN = 100_000 + 2 * 65_536;
/** Characters of which some are under way when the window shows none. */
const MORE_THAN_SHOWN = 2 * MOST_UNSHOWN;
/** A guest's whole window of 2 MiB may be on the way; much more must not come after Ctrl-C. */
const MOST_AFTER = 300_000;
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
  for (const file of [big, `${big}-ssh`]) await rm(file, { force: true });
});

describe.each(WAYS)('a flood $way', ({ machine, whyNot }) => {
  const here = test.skipIf(whyNot !== undefined && process.env.CI !== 'true');

  here('obeys Ctrl-C at once while the window keeps up', async () => {
    const window = await openShell(sshd, machine);
    await window.type('yes\n');
    await window.until(() => window.chars > 3_000_000);
    window.tail = '';
    const before = window.chars;
    await window.type('\x03');
    await window.shows(/\^C\r\nready> $/);
    expect(window.chars - before).toBeLessThan(MOST_AFTER);
    expect(window.mostUnshown).toBeLessThan(MOST_UNSHOWN);
  });

  here('is held back by a window that shows nothing, and skipped when Ctrl-C is typed', async () => {
    const window = await openShell(sshd, machine);
    window.showsAtOnce = false;
    const said = `${big}-${machine ? 'ssh' : 'local'}`;
    const line = String.raw`"$(printf '\033[?2004h')y"`;
    await window.type(`yes ${line} | head -c ${MORE_THAN_SHOWN}; touch ${said}; yes ${line}\n`);
    await window.until(() => window.unshown > 100_000);
    // On a slow day nothing may be under way yet. A terminal of this computer takes no more than the window does.
    if (machine) await until(() => existsSync(said), 30_000);
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
  });

  here('that does not end with Ctrl-C is shown again', async () => {
    const window = await openShell(sshd, machine);
    await window.type(`(trap '' INT; exec yes)\n`);
    await window.until(() => window.chars > 1_000_000);
    await window.type('\x03');
    const before = window.chars;
    await window.until(() => window.chars > before + 1_000_000);
    expect(window.mostUnshown).toBeLessThan(MOST_UNSHOWN);
  });

  here(
    'of 100 MB comes whole, with little on the way at any time',
    async () => {
      const window = await openShell(sshd, machine);
      const before = window.chars;
      await window.type(`stty -echo -onlcr; clear() { :; }; cat ${big}; stty echo onlcr; echo do''ne\n`);
      await window.shows(/done\r?\n/);
      expect(window.chars - before).toBeGreaterThanOrEqual(LINES * LINE.length);
      expect(window.chars - before).toBeLessThan(LINES * LINE.length + 1000);
      expect(window.mostUnshown).toBeLessThan(MOST_UNSHOWN);
    },
    60_000,
  );
});

test.skipIf(!hasSshd && process.env.CI !== 'true')('closing everything leaves no login behind', async () => {
  const window = await openShell(sshd, MACHINE);
  await window.type('yes\n');
  await window.until(() => window.chars > 1_000_000);
  expect(sshd.sessions()).toBeGreaterThan(0);
  await window.terminals.closeAll();
  await until(() => sshd.sessions() === 0, 10_000);
});
