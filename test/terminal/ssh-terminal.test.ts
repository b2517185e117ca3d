import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSshTerminal } from '../../electron/connect/ssh-terminal.ts';
import { Trouble } from '../../shared/trouble.ts';
import { processesWith, uniqueSleep, until } from '../connect/processes.ts';
import { hasSshd, Relay, TestSshd } from '../connect/sshd.ts';
import { Screen } from './screen.ts';

const SIZE = { cols: 80, rows: 24 };
/** What a test waits for at most, in milliseconds: generous, for a busy computer. */
const LONG = 10_000;

const sshd = new TestSshd();
const relay = new Relay();
beforeAll(async () => {
  if (!hasSshd) return;
  await sshd.start();
  await relay.start(sshd.port);
});
afterAll(async () => {
  relay.stop();
  if (hasSshd) await sshd.remove();
});

const withSshd = test.skipIf(!hasSshd && process.env.CI !== 'true');

async function open(port = sshd.port): Promise<Screen> {
  return new Screen(await openSshTerminal(sshd.options({ port }), SIZE));
}

withSshd('is a login shell with a terminal of the size and kind that was asked for', async () => {
  const screen = await open();
  screen.pty.write('echo "[$TERM]" $(stty size) "[$0]"\n');
  expect(await screen.shows(/\[xterm-256color\] 24 80 \[-/)).toBeTruthy();
  screen.pty.resize({ cols: 101, rows: 37 });
  screen.pty.write('stty size\n');
  await screen.shows(/37 101/);
  await screen.pty.close();
});

withSshd('gives characters whole, also where their bytes come apart', async () => {
  const screen = await open();
  screen.pty.write(`printf '\\346'; sleep 0.05; printf '\\234'; sleep 0.05; printf '\\272 %s\\n' en''d\n`);
  await screen.shows(/机 end/);
  await screen.pty.close();
});

withSshd('tells when the shell ends by itself', async () => {
  const screen = await open();
  screen.pty.write('exit 3\n');
  expect(await screen.ended).toEqual({ code: 3 });
  expect(() => screen.pty.write('late')).not.toThrow();
  expect(() => screen.pty.resize(SIZE)).not.toThrow();
  await screen.pty.close();
});

/** A job in front that takes neither Ctrl-C nor a request to end, one behind, and one that is stopped. */
async function startJobs(screen: Screen): Promise<string[]> {
  const marks = [uniqueSleep(), uniqueSleep(), uniqueSleep()];
  const [front, behind, stopped] = marks;
  screen.pty.write(`sleep ${behind} &\n`);
  // not before it is a sleep: what is stopped sooner is a copy of the shell for ever
  const isSleep = `grep -q '^sleep' /proc/$!/cmdline`;
  screen.pty.write(`sleep ${stopped} & until ${isSleep}; do :; done; kill -STOP $!\n`);
  screen.pty.write(`sh -c 'trap "" INT TERM QUIT; sleep ${front}; :'\n`);
  await until(() => marks.every((mark) => sleepers(mark).length > 0), LONG);
  return marks;
}

/** The sleeps themselves, not shells that speak of them. */
function sleepers(mark: string): number[] {
  return processesWith(`sleep\0${mark}`);
}

withSshd('leaves nothing running in the guest when it is closed', async () => {
  const screen = await open();
  const marks = await startJobs(screen);
  await screen.pty.close();
  await until(() => marks.every((mark) => sleepers(mark).length === 0), LONG);
});

withSshd('leaves nothing running in the guest when the link is cut, and says that it was', async () => {
  const screen = await open(relay.port);
  const marks = await startJobs(screen);
  relay.reset();
  expect(await screen.ended).toMatchObject({ trouble: { code: 'shell-cut-off' } });
  await until(() => marks.every((mark) => sleepers(mark).length === 0), LONG);
});

withSshd('closes although nobody reads its flood', async () => {
  const screen = await open();
  screen.pty.write('yes\n');
  await screen.shows(/y\r\ny\r\n/);
  screen.pty.pause();
  await screen.pty.close();
  await until(() => sshd.sessions() === 0, LONG);
});

withSshd('gives up opening when that is no longer wanted', async () => {
  const stop = new AbortController();
  const opening = openSshTerminal(sshd.options(), SIZE, stop.signal);
  stop.abort();
  await expect(opening).rejects.toThrow(new Trouble('cancelled').message);
  await until(() => sshd.sessions() === 0, LONG);
});
