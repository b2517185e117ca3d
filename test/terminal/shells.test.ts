import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasSshd, Relay, TestSshd } from '../connect/sshd.ts';
import { MACHINE, openShell, WAYS } from './open.ts';
import type { FakeWindow } from './window.ts';

const sshd = new TestSshd();
beforeAll(async () => {
  if (hasSshd) await sshd.start();
});
afterAll(async () => {
  if (hasSshd) await sshd.remove();
});

function resize({ terminals, id }: FakeWindow, cols: number, rows: number): Promise<void> {
  return terminals.handlers.resizeTerminal({ terminal: id, cols, rows });
}

describe.each(WAYS)('a shell $way', ({ machine, whyNot }) => {
  const here = test.skipIf(whyNot !== undefined && process.env.CI !== 'true');

  here('tells a program that runs in it when its size changes, and what it is then', async () => {
    const window = await openShell(sshd, machine);
    // only the signal lets it say its size: it waits for nothing else
    const program = `trap "stty size; kill \\$p; exit" WINCH; sleep 600 & p=$!; echo wait""ing; wait`;
    await window.type(`sh -c '${program}'\n`);
    await window.shows(/\nwaiting\r\n/);
    await resize(window, 101, 37);
    await window.shows(/\n37 101\r\n/);
    await window.shows(/ready> $/);
    await resize(window, 64, 20);
    await window.type('stty size; echo "$COLUMNS x $LINES"\n');
    await window.shows(/\n20 64\r\n64 x 20\r\n/);
  });

  here.for([0, 3, 130, 255])('that ends with exit code %i says so', async (code) => {
    const window = await openShell(sshd, machine);
    await window.type(`exit ${code}\n`);
    expect(await window.ended).toEqual({ code });
  });

  here.for(['SIGKILL', 'SIGHUP', 'SIGSEGV'])('that %s ends says so', async (signal) => {
    const window = await openShell(sshd, machine);
    await window.type(`ulimit -c 0; trap - ${signal}; kill -${signal} $$\n`);
    expect(await window.ended).toEqual({ signal });
  });

  here('passes on bell, title and links as the program wrote them', async () => {
    const window = await openShell(sshd, machine);
    const said = '\x07\x1b]2;na me\x07\x1b]8;;https://example.com/\x1b\\there\x1b]8;;\x1b\\';
    await window.type(
      `${String.raw`printf '\a\033]2;na me\a\033]8;;https://example.com/\033\\there\033]8;;\033\\\n'`}\n`,
    );
    await window.until(() => window.tail.includes(`${said}\r\n`));
  });

  here('takes what is typed and resized after its end for nothing', async () => {
    const window = await openShell(sshd, machine);
    await window.type('exit\n');
    await window.ended;
    const { chars } = window;
    await window.type('echo late\n');
    await resize(window, 80, 24);
    expect(window.chars).toBe(chars);
  });
});

test.skipIf(!hasSshd && process.env.CI !== 'true')(
  'a shell whose link is cut has no exit code, but a trouble that says so',
  async () => {
    const relay = await new Relay().start(sshd.port);
    const window = await openShell(sshd, MACHINE, relay.port);
    relay.reset();
    expect(await window.ended).toMatchObject({ trouble: { code: 'shell-cut-off' } });
    relay.stop();
  },
);
