import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../electron/app/app.ts';
import type { Prompt, PromptAnswer } from '../../shared/app-state.ts';
import { PasswordServer } from '../connect/password-server.ts';
import { FakeHost } from './fake-host.ts';

let host: FakeHost;
let app: App;
let server: PasswordServer;
let machine: string;

beforeEach(async () => {
  host = new FakeHost();
  server = await new PasswordServer().start();
  app = await createApp(host);
  await app.handlers.state(undefined);
  const form = { name: 'shop', host: '127.0.0.1', port: server.port, login: { user: 'dev' } };
  ({ machine } = await app.handlers.addHost(form));
});
afterEach(async () => {
  await app.close();
  await server.remove();
  host.remove();
});

const item = () => host.state.machines?.find(({ id }) => id === machine);
const over = (run: string) =>
  host.until(() => host.state.runs?.find(({ id, state }) => id === run && state !== 'running'));
const answer = async (kind: Prompt['kind'], given: PromptAnswer) => {
  const prompt = await host.prompt(kind);
  await app.handlers.answerPrompt({ prompt: prompt.id, answer: given });
  return prompt;
};
const ACCEPT = { action: 'accept' } as const;
const CANCEL = { action: 'cancel' } as const;
const secret = (text: string, remember = false) => ({ action: 'secret', secret: text, remember }) as const;

async function start(): Promise<string> {
  const { run } = await app.handlers.startRun({ machine });
  await app.handlers.watchRun({ run });
  return run;
}

/** Resolves when the run is in the guest, then stops it. */
async function stopInside(run: string): Promise<void> {
  await host.until(() => host.events.get(run)?.some((e) => e.type === 'step-ended' && e.step === 'connect'));
  await app.handlers.stopRun({ run });
}

/** Past the questions of a first run, up to the password. */
async function toPassword(): Promise<string> {
  const run = await start();
  await answer('first-run', ACCEPT);
  await answer('host-key-unknown', ACCEPT);
  await host.prompt('password');
  return run;
}

/** Everything the application wrote or told, but for what the person typed. */
function everything(): string {
  const files = readdirSync(host.root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  return [...files, ...host.lines, JSON.stringify(host.state), JSON.stringify([...host.events])].join('\n');
}

describe('a first run over SSH with a password', () => {
  it('announces itself, shows the host key, asks for the password until it is right, and remembers it', async () => {
    const run = await start();
    const announcement = await host.prompt('first-run');
    expect(announcement).toMatchObject({
      machineName: 'shop',
      targets: expect.arrayContaining(['http://1.1.1.1/']),
    });
    expect(server.connections).toBe(0);
    await answer('first-run', ACCEPT);
    expect(await answer('host-key-unknown', ACCEPT)).toMatchObject({
      host: `127.0.0.1:${server.port}`,
      keyType: 'ssh-rsa',
      fingerprint: expect.stringMatching(/^SHA256:/),
    });
    expect(server.got).toEqual([]);
    expect(await answer('password', secret('wrong one'))).toMatchObject({ user: 'dev', again: false });
    const again = await host.until(() =>
      host.state.prompts?.find((one) => one.kind === 'password' && one.again),
    );
    await app.handlers.answerPrompt({ prompt: again.id, answer: secret(server.password, true) });
    expect(await answer('sudo', secret('open sesame', true))).toMatchObject({ user: 'dev', again: false });
    await stopInside(run);
    expect((await over(run)).state).toBe('cancelled');
    expect(item()?.remembered).toEqual(['login', 'sudo']);
    expect(host.state.prompts).toEqual([]);

    const next = await start();
    await stopInside(next);
    expect(await over(next)).toMatchObject({ state: 'cancelled' });
    expect(server.got).toEqual(['wrong one', server.password, server.password]);

    expect(statSync(join(host.dataFolder, 'secrets.json')).mode & 0o777).toBe(0o600);
    const seen = everything();
    for (const hidden of ['wrong one', server.password, 'open sesame']) expect(seen).not.toContain(hidden);
  });

  it('forgets a remembered password that is wrong, and asks again', async () => {
    const run = await toPassword();
    await answer('password', secret(server.password, true));
    await answer('sudo', secret('open sesame'));
    await stopInside(run);
    expect(item()?.remembered).toEqual(['login']);
    server.password = 'another';
    const next = await start();
    expect(await host.prompt('password')).toMatchObject({ again: true });
    expect(item()?.remembered).toEqual([]);
    await answer('password', CANCEL);
    expect((await over(next)).state).toBe('cancelled');
    expect(readFileSync(join(host.dataFolder, 'secrets.json'), 'utf8')).not.toContain(machine);
  });

  it('fails with a sentence after three wrong passwords, and remembers none of them', async () => {
    const run = await toPassword();
    for (const wrong of ['one', 'two', 'three']) {
      const seen = host.state.prompts?.[0]?.id;
      await answer('password', secret(wrong, true));
      await host.until(() => host.state.prompts?.[0]?.id !== seen);
      if (wrong !== 'three') await host.prompt('password');
    }
    expect((await over(run)).state).toBe('failed');
    const trouble = await host.until(() => host.events.get(run)?.find((e) => e.type === 'trouble'));
    expect(trouble).toMatchObject({ code: 'auth-failed', says: { en: expect.not.stringContaining('--') } });
    expect(item()?.remembered).toEqual([]);
  });

  it('remembers nothing where there is no Keychain', async () => {
    await app.close();
    host.keychain = undefined;
    app = await createApp(host);
    expect((await app.handlers.state(undefined)).canRemember).toBe(false);
    const run = await toPassword();
    await answer('password', secret(server.password, true));
    await answer('sudo', secret('open sesame', true));
    await stopInside(run);
    expect(item()?.remembered).toEqual([]);
    expect(everything()).not.toContain(server.password);
  });

  it('forgets what belongs to another account or another host', async () => {
    const run = await toPassword();
    await answer('password', secret(server.password, true));
    await answer('sudo', secret('open sesame', true));
    await stopInside(run);
    await app.handlers.setFocus({ machine, focus: 'names' });
    expect(item()).toMatchObject({ remembered: ['login', 'sudo'], focus: 'names' });
    await app.handlers.forgetSecret({ machine, secret: 'sudo' });
    expect(item()?.remembered).toEqual(['login']);
    await app.handlers.setLogin({ machine, login: { user: 'root' } });
    expect(item()).toMatchObject({ remembered: [], login: { user: 'root' } });
  });
});

describe('closing a sheet', () => {
  const steps: { kind: Prompt['kind']; before: [Prompt['kind'], PromptAnswer][] }[] = [
    { kind: 'first-run', before: [] },
    { kind: 'host-key-unknown', before: [['first-run', ACCEPT]] },
    {
      kind: 'password',
      before: [
        ['first-run', ACCEPT],
        ['host-key-unknown', ACCEPT],
      ],
    },
    {
      kind: 'sudo',
      before: [
        ['first-run', ACCEPT],
        ['host-key-unknown', ACCEPT],
        ['password', secret('correct horse')],
      ],
    },
  ];

  async function until(kind: Prompt['kind']): Promise<string> {
    const run = await start();
    for (const [one, given] of steps.find((step) => step.kind === kind)?.before ?? [])
      await answer(one, given);
    await host.prompt(kind);
    return run;
  }

  it.each(steps)('$kind: the run is cancelled, and no secret was sent before its time', async ({ kind }) => {
    const run = await until(kind);
    await answer(kind, CANCEL);
    expect((await over(run)).state).toBe('cancelled');
    expect(server.got).toEqual(kind === 'sudo' ? ['correct horse'] : []);
    expect(host.awake).toBe(0);
    const events = await host.until(() => {
      const list = host.events.get(run);
      return list?.at(-1)?.type === 'ended' && list;
    });
    expect(events.map(({ type }) => type)).toEqual(['started', 'step-began', 'trouble', 'ended']);
  });

  it.each(steps)('$kind: Stop closes the sheet and ends the run', async ({ kind }) => {
    const run = await until(kind);
    await app.handlers.stopRun({ run });
    expect(host.state.prompts).toEqual([]);
    expect(host.state.runs?.find(({ id }) => id === run)?.state).toBe('cancelled');
  });

  it('takes no answer that does not fit the question, and none to a question that is gone', async () => {
    const run = await until('password');
    const prompt = await host.prompt('password');
    await app.handlers.answerPrompt({ prompt: prompt.id, answer: ACCEPT });
    await app.handlers.answerPrompt({ prompt: 'p999', answer: secret('x') });
    expect(host.state.prompts).toEqual([prompt]);
    expect(server.got).toEqual([]);
    await app.handlers.stopRun({ run });
  });

  it('a question outlives the window, and is there in the next one', async () => {
    const run = await until('host-key-unknown');
    app.forgetWindow();
    host.state = {};
    host.state = await app.handlers.state(undefined);
    await answer('host-key-unknown', CANCEL);
    expect((await over(run)).state).toBe('cancelled');
  });
});

it('shows a changed host key beside the old one; cancelling keeps the old, accepting takes the new', async () => {
  const first = await toPassword();
  await answer('password', CANCEL);
  await over(first);
  await server.rebuild();
  const second = await start();
  const changed = await answer('host-key-changed', CANCEL);
  expect((await over(second)).state).toBe('cancelled');
  const third = await start();
  const asked = await answer('host-key-changed', ACCEPT);
  expect(asked).toMatchObject({ was: (changed as { was: string }).was, is: (changed as { is: string }).is });
  expect((changed as { was: string }).was).not.toBe((changed as { is: string }).is);
  await answer('password', CANCEL);
  await over(third);
  expect(server.got).toEqual([]);
  const fourth = await start();
  await answer('password', CANCEL);
  await over(fourth);
});

describe('a server that asks in its own words', () => {
  it('has its questions asked one by one, and no answer is kept or told', async () => {
    server.method = 'keyboard-interactive';
    server.asks = [
      { prompt: 'Site: ', echo: true, right: 'north pole' },
      { prompt: 'Code: ', echo: false, right: '918273' },
    ];
    const run = await start();
    await answer('first-run', ACCEPT);
    await answer('host-key-unknown', ACCEPT);
    const common = { machineName: 'shop', user: 'dev', instructions: 'Two steps\nHave your phone ready' };
    expect(await answer('answer', secret('north pole'))).toMatchObject({
      ...common,
      ask: 'Site: ',
      echo: true,
    });
    const code = await host.until(() =>
      host.state.prompts?.find((one) => one.kind === 'answer' && one.ask === 'Code: '),
    );
    expect(code).toMatchObject({ ...common, echo: false });
    await app.handlers.answerPrompt({ prompt: code.id, answer: secret('918273', true) });
    await answer('sudo', CANCEL);
    await over(run);
    expect(server.got).toEqual(['north pole', '918273']);
    expect(item()?.remembered).toEqual([]);
    expect(everything()).not.toMatch(/north pole|918273/);
  });
});
