import { onTestFinished } from 'vitest';
import { openLocalPty } from '../../electron/app/terminals/local-pty.ts';
import { createTerminals } from '../../electron/app/terminals/terminals.ts';
import { openSshTerminal } from '../../electron/connect/ssh-terminal.ts';
import { hasSshd, type TestSshd } from '../connect/sshd.ts';
import { whyNoLocalPty } from './local.ts';
import { FakeWindow } from './window.ts';

export const MACHINE = 'ssh:00000000';

/** Where a shell can be, and why one can't be opened there now. */
export const WAYS = [
  { way: 'over SSH', machine: MACHINE, whyNot: hasSshd ? undefined : 'sshd is not installed' },
  { way: 'on this computer', machine: undefined, whyNot: whyNoLocalPty() },
];

/**
 * A window with one shell, on the server (through `port`) or on this computer, whose prompt is `ready> `. It is closed when
 * the test ends, however it ends.
 */
export async function openShell(
  sshd: TestSshd,
  machine: string | undefined,
  port = sshd.port,
): Promise<FakeWindow> {
  const window = new FakeWindow();
  window.terminals = createTerminals({
    push: (name, value) => window.push(name, value),
    openGuest: async (_, size) => ({
      pty: await openSshTerminal(sshd.options({ port }), size),
      user: 'root',
    }),
    openLocal: (size) =>
      openLocalPty({ platform: process.platform, env: { ...process.env, SHELL: '/bin/bash' } }, size),
    findCommand: async () => undefined,
    lang: () => 'en',
  });
  onTestFinished(() => window.terminals.closeAll());
  const size = { cols: 80, rows: 24 };
  await window.terminals.handlers.openTerminal({ ...size, ...(machine && { machine }) });
  // readline's own sequences around a prompt are none of what these tests look at
  await window.type(`bind 'set enable-bracketed-paste off'; PS1='rea''dy> '; unset PROMPT_COMMAND\n`);
  await window.shows(/\n(?:\x1b\[\?2004l\r)?ready> /);
  return window;
}
