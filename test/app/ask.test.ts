import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { PasswordServer } from '../connect/password-server.ts';
import { sharedApp, test } from './app-test.ts';
import type { OpenApp, OpenOptions } from './harness.ts';
import {
  addHost,
  answerSheet,
  giveSecret,
  NO_VIRTUALBOX,
  newestRun,
  row,
  secretField,
  sheet,
  stateOf,
  storedRun,
  tool,
  verdict,
  verdictHeading,
} from './person.ts';
import { silentPort } from './silent-port.ts';

// Against a real SSH server in this process: what it asks for is asked of the person, by the sheets they see.

const shared = sharedApp({ env: NO_VIRTUALBOX });

const FIRST = 'Before the first diagnosis of ';
const UNKNOWN = 'Is this really ';
const CHANGED = /^The host key of .* has changed$/;
const PASSWORD = /^Password for /;
const SUDO = /^Administrator password for /;
const STOPPED = 'You stopped this diagnosis';
const FAILED = 'The diagnosis could not be finished';

async function server(): Promise<PasswordServer> {
  const started = await new PasswordServer().start();
  onTestFinished(() => started.remove());
  return started;
}

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-ask-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Adds the server as a host of this name. */
function add({ page }: OpenApp, { port }: PasswordServer, name: string): Promise<void> {
  return addHost(page, { Host: '127.0.0.1', Port: String(port), User: 'dev', Name: name });
}

/** Adds it, and goes past what is asked before anything is sent to it. */
async function toPassword(app: OpenApp, host: PasswordServer, name: string): Promise<void> {
  const { page } = app;
  await add(app, host, name);
  await tool(page, 'Diagnose').click();
  await answerSheet(page, `${FIRST}${name}`, 'Diagnose');
  await answerSheet(page, `${UNKNOWN}${name}?`, 'Trust This Key');
  await sheet(page, PASSWORD).waitFor();
}

test('cancelling is safe at every question: the run is stopped, nothing was sent, and it is asked anew', async () => {
  const host = await server();
  const app = shared();
  const { page } = app;
  await add(app, host, 'cautious');
  await tool(page, 'Diagnose').click();
  expect(await sheet(page, FIRST).innerText()).toMatch(/1\.1\.1\.1[\s\S]*Nothing is installed/);
  await page.keyboard.press('Escape');
  expect(await verdictHeading(page)).toBe(STOPPED);
  expect(host.connections).toBe(0);

  await tool(page, 'Diagnose').click();
  await answerSheet(page, FIRST, 'Diagnose');
  const unknown = sheet(page, UNKNOWN);
  expect(await unknown.innerText()).toMatch(/ssh-rsa[\s\S]*SHA256:/);
  await answerSheet(page, UNKNOWN, 'Cancel');
  expect(await verdictHeading(page)).toBe(STOPPED);

  await tool(page, 'Diagnose').click();
  await answerSheet(page, UNKNOWN, 'Trust This Key');
  await answerSheet(page, PASSWORD, 'Cancel');
  expect(await verdictHeading(page)).toBe(STOPPED);
  expect(host.got).toEqual([]);
  expect((await stateOf(app)).runs.map(({ state }) => state)).toEqual([
    'cancelled',
    'cancelled',
    'cancelled',
  ]);
});

test('Stop while it connects and nothing is asked stops at once, and hangs up', async () => {
  const silent = await silentPort();
  const app = shared();
  const { page } = app;
  await addHost(page, { Host: '127.0.0.1', Port: String(silent.port), Name: 'mute' });
  await tool(page, 'Diagnose').click();
  await answerSheet(page, `${FIRST}mute`, 'Diagnose');
  await page.getByRole('heading', { name: 'Connecting…' }).waitFor();
  await expect.poll(silent.connections).toBe(1);
  await tool(page, 'Stop').click();
  expect(await verdictHeading(page)).toBe(STOPPED);
  await expect.poll(silent.connections).toBe(0);
  expect((await storedRun(app, (await newestRun(app)).id)).ended?.how).toBe('cancelled');
});

test('a wrong password is asked again, three times at most; then the run says so', async () => {
  const host = await server();
  const app = shared();
  const { page } = app;
  await toPassword(app, host, 'guessed');
  await giveSecret(page, PASSWORD, 'wrong one');
  for (const guess of ['wrong two', 'wrong three']) {
    await sheet(page, PASSWORD).getByText('That was not right').waitFor();
    expect(await secretField(page, PASSWORD).inputValue()).toBe('');
    await giveSecret(page, PASSWORD, guess);
  }
  expect(await verdictHeading(page)).toBe(FAILED);
  expect(await verdict(page).innerText()).toMatch(/password/i);
  expect(host.got).toEqual(['wrong one', 'wrong two', 'wrong three']);
  const kept = JSON.stringify([
    await stateOf(app),
    await storedRun(app, (await newestRun(app)).id),
    await app.log(),
  ]);
  expect(kept).not.toContain('wrong');
});

/** An app whose keychain has the server's password, because a person had it remembered; the run is being stopped. */
async function remembered(open: (options: OpenOptions) => Promise<OpenApp>) {
  const host = await server();
  const options = { env: NO_VIRTUALBOX, dataFolder: dataFolder(), keychain: true };
  const app = await open(options);
  const { page } = app;
  await toPassword(app, host, 'shop');
  await sheet(page, PASSWORD).getByText('Remember in the Keychain').click();
  await giveSecret(page, PASSWORD, host.password);
  await giveSecret(page, SUDO, 'open sesame');
  // What was right is remembered before the run goes on.
  await expect.poll(async () => (await stateOf(app)).machines[0]?.remembered).toEqual(['login']);
  await tool(page, 'Stop').click();
  return { host, options, app };
}

test('what is remembered is sealed, used without asking, and asked for anew when it has become wrong', async ({
  open,
}) => {
  const { host, options, app } = await remembered(open);
  const { page } = app;
  expect(await verdictHeading(page)).toBe(STOPPED);
  expect(await readFile(join(options.dataFolder, 'secrets.json'), 'utf8')).not.toContain(host.password);
  await app.close();

  host.password = 'another';
  const again = await open(options);
  await row(again.page, /^shop 127/).click();
  await tool(again.page, 'Diagnose').click();
  await sheet(again.page, PASSWORD).waitFor();
  expect(host.got).toEqual(['correct horse', 'correct horse']);
  await answerSheet(again.page, PASSWORD, 'Cancel');
  await verdictHeading(again.page);
});

test('what is remembered is listed in Settings and forgotten there, on disk too, and asked for anew', async ({
  open,
}) => {
  const { host, options, app } = await remembered(open);
  const { page } = app;
  await verdictHeading(page);
  const stored = async (file: string) => JSON.parse(await readFile(join(options.dataFolder, file), 'utf8'));
  const { machines } = await stateOf(app);
  const id = machines[0]?.id ?? '';
  expect(await stored('secrets.json')).toEqual({
    version: 1,
    sealed: { [id]: { login: expect.any(String) } },
  });
  const key = `127.0.0.1:${host.port}`;
  expect(Object.keys((await stored('host-keys.json')).hosts)).toEqual([key]);

  await app.clickMenu('settings');
  const settings = sheet(page, 'Settings');
  expect(await settings.innerText()).not.toContain(host.password);
  const secret = settings.getByRole('button', { name: 'Forget: Login password, shop' });
  await secret.click();
  await secret.waitFor({ state: 'detached' });
  await expect.poll(() => stored('secrets.json')).toEqual({ version: 1, sealed: {} });
  const pin = settings.getByRole('button', { name: 'Forget: Host key, shop' });
  await pin.click();
  await pin.waitFor({ state: 'detached' });
  expect((await stored('host-keys.json')).hosts).toEqual({});
  await answerSheet(page, 'Settings', 'Done');

  await tool(page, 'Diagnose').click();
  await answerSheet(page, `${UNKNOWN}shop?`, 'Trust This Key');
  await answerSheet(page, PASSWORD, 'Cancel');
  await verdictHeading(page);
  expect(host.got).toEqual(['correct horse']);
});

test('a changed host key is never accepted silently: Enter cancels, and nothing is sent', async ({
  open,
}) => {
  const host = await server();
  const app = await open({ env: NO_VIRTUALBOX });
  const { page } = app;
  await toPassword(app, host, 'shop');
  await answerSheet(page, PASSWORD, 'Cancel');
  await verdictHeading(page);
  await host.rebuild();

  await tool(page, 'Diagnose').click();
  const changed = sheet(page, CHANGED);
  await changed.waitFor();
  const prints = (await changed.innerText()).match(/SHA256:\S+/g) ?? [];
  expect(new Set(prints).size).toBe(2);
  await page.keyboard.press('Enter');
  expect(await verdictHeading(page)).toBe(STOPPED);
  // It is asked again: the answer was not taken for a yes.
  await tool(page, 'Diagnose').click();
  await sheet(page, CHANGED).waitFor();
  expect(host.got).toEqual([]);
  await sheet(page, CHANGED).getByRole('button', { name: 'Trust the New Key' }).click();
  await answerSheet(page, PASSWORD, 'Cancel');
  await verdictHeading(page);
  expect(host.got).toEqual([]);
});

test('a machine that goes half-way: what happened is said, and a button diagnoses the same machine again', async () => {
  const host = await server();
  const app = shared();
  const { page } = app;
  await toPassword(app, host, 'flaky');
  await giveSecret(page, PASSWORD, host.password);
  await giveSecret(page, SUDO, 'open sesame');
  await page.getByRole('heading', { name: /^Reading/ }).waitFor();
  await host.hangUp();
  expect(await verdictHeading(page)).toBe(FAILED);
  expect(await verdict(page).innerText()).toMatch(
    /closed the connection during the run[\s\S]*learnt until then is kept[\s\S]*run this again/,
  );
  const cut = await newestRun(app);
  await verdict(page).getByRole('button', { name: 'Diagnose Again' }).click();
  await giveSecret(page, PASSWORD, host.password);
  await answerSheet(page, SUDO, 'Cancel');
  await verdictHeading(page);
  const again = await newestRun(app);
  expect([again.machine, again.id === cut.id]).toEqual([cut.machine, false]);
  expect((await stateOf(app)).runs.find(({ id }) => id === cut.id)?.state).toBe('failed');
});

test('killed while it asks: after the restart the run is there as far as it got, and can be begun again', async ({
  open,
}) => {
  const host = await server();
  const options = { env: NO_VIRTUALBOX, dataFolder: dataFolder() };
  const app = await open(options);
  await toPassword(app, host, 'shop');
  await app.kill();
  const again = await open(options);
  const { page } = again;
  await row(page, /^shop .*Broken off/).click();
  expect(await verdictHeading(page)).toBe('This diagnosis was broken off');
  expect(await page.getByRole('region', { name: 'Timeline' }).textContent()).toMatch(
    /Diagnosis of shop began.*Connect/,
  );
  await tool(page, 'Diagnose').click();
  await answerSheet(page, PASSWORD, 'Cancel');
  expect((await stateOf(again)).runs.map(({ state }) => state)).toEqual(['cancelled', 'broken-off']);
});
