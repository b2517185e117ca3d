import type { Prompt, PromptAnswer } from '../../../shared/app-state.ts';
import { PasswordServer } from '../../connect/password-server.ts';
import { Relay } from '../../connect/sshd.ts';
import type { OpenApp } from '../harness.ts';
import { stateOf } from '../person.ts';
import type { AtEnd, Shot } from '../shot.ts';
import { command, SHEET, select } from './looking.ts';

type Kind = Prompt['kind'];

/** Waits for the sheet of main's next question, which must be of this kind; resolves with the question's id. */
async function asked(app: OpenApp, kind: Kind): Promise<string> {
  await app.page.locator(SHEET).waitFor();
  const [prompt] = (await stateOf(app)).prompts;
  if (prompt?.kind !== kind) throw new Error(`what is asked is ${prompt?.kind}, not ${kind}`);
  return prompt.id;
}

/** Answers what main asks, and waits until its sheet is gone. */
async function give(app: OpenApp, kind: Kind, answer: PromptAnswer): Promise<void> {
  const prompt = await asked(app, kind);
  const sheet = await app.page.locator(SHEET).elementHandle();
  await app.page.evaluate(([prompt, answer]) => window.culprit.call('answerPrompt', { prompt, answer }), [
    prompt,
    answer,
  ] as const);
  await sheet?.waitForElementState('hidden');
}

/** Adds a real SSH server that wants a password as a host, and presses Diagnose. */
async function diagnoseServer(
  app: OpenApp,
  atEnd: AtEnd,
  asks?: PasswordServer['asks'],
): Promise<{ server: PasswordServer; relay: Relay }> {
  const server = await new PasswordServer().start();
  server.asks = asks;
  if (asks) server.method = 'keyboard-interactive';
  const relay = await new Relay().start(server.port);
  atEnd(async () => {
    relay.stop();
    await server.remove();
  });
  const added = await app.page.evaluate(
    (port) =>
      window.culprit.call('addHost', {
        name: 'build-box',
        host: '127.0.0.1',
        port,
        login: { user: 'dev' },
      }),
    relay.port,
  );
  if (!added.ok) throw new Error(JSON.stringify(added));
  const { machine } = added.value as { machine: string };
  await select(app.page, `machine:${machine}`);
  await command(app, 'diagnose');
  return { server, relay };
}

const ACCEPT = { action: 'accept' } as const;
const secret = (secret: string): PromptAnswer => ({ action: 'secret', secret, remember: false });

/** Answers in their order; a shot shows the question that comes after so many of them. */
const ANSWERS: [Kind, PromptAnswer][] = [
  ['first-run', ACCEPT],
  ['host-key-unknown', ACCEPT],
  ['password', secret('wrong')],
  ['password', secret('correct horse')],
  ['sudo', secret('open sesame')],
];

const question = (name: string, answered: number, kind: Kind, languages?: string[]): Shot => ({
  name,
  ...(languages && { open: { languages } }),
  steps: async (app, atEnd) => {
    await diagnoseServer(app, atEnd);
    for (const [kind, answer] of ANSWERS.slice(0, answered)) await give(app, kind, answer);
    await asked(app, kind);
  },
});

/** Questions that main asks, each asked by a real SSH server. */
export const SHEET_SHOTS: Shot[] = [
  question('ask-first-run', 0, 'first-run'),
  question('ask-first-run-zh', 0, 'first-run', ['zh-CN']),
  question('ask-host-key', 1, 'host-key-unknown'),
  question('ask-password', 2, 'password'),
  question('ask-password-again', 3, 'password'),
  {
    name: 'ask-answer',
    steps: async (app, atEnd) => {
      await diagnoseServer(app, atEnd, [{ prompt: 'One-time password: ', echo: false, right: '123456' }]);
      await give(app, 'first-run', ACCEPT);
      await give(app, 'host-key-unknown', ACCEPT);
      await asked(app, 'answer');
    },
  },
  question('ask-sudo', 4, 'sudo'),
  question('ask-sudo-zh', 4, 'sudo', ['zh-CN']),
  ...([undefined, ['zh-CN']] as const).map(
    (languages): Shot => ({
      name: languages ? 'ask-changed-key-zh' : 'ask-changed-key',
      ...(languages && { open: { languages: [...languages] } }),
      steps: async (app, atEnd) => {
        const { server } = await diagnoseServer(app, atEnd);
        await give(app, 'first-run', ACCEPT);
        await give(app, 'host-key-unknown', ACCEPT);
        await give(app, 'password', { action: 'cancel' });
        await server.rebuild();
        await command(app, 'diagnose');
        await asked(app, 'host-key-changed');
      },
    }),
  ),
  ...([undefined, ['zh-CN']] as const).map(
    (languages): Shot => ({
      name: languages ? 'run-goes-on-zh' : 'run-goes-on',
      ...(languages && { open: { languages: [...languages] } }),
      steps: async (app, atEnd) => {
        const { relay } = await diagnoseServer(app, atEnd);
        for (const [kind, answer] of ANSWERS) await give(app, kind, answer);
        // Nothing comes from now on, so that the run stands still.
        await app.page.locator('[data-row="4"]').waitFor({ timeout: 90_000 });
        relay.silence();
      },
    }),
  ),
  {
    name: 'unreachable',
    steps: async (app, atEnd) => {
      const { relay } = await diagnoseServer(app, atEnd);
      relay.stop();
      await give(app, 'first-run', ACCEPT);
      await app.page.locator('#verdict').waitFor();
    },
  },
];
