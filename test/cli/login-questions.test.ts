import type { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { loginQuestions } from '../../electron/cli/login-questions.ts';
import { openAsker } from '../../electron/cli/secret.ts';
import type { Lang } from '../../shared/text.ts';
import { pipedInput, terminal, Written } from '../support/fake-io.ts';

const { signal } = new AbortController();
const stop = { user: 'dev', host: '10.0.0.7', port: 2222, label: 'web', last: true };
const key = { type: 'ssh-ed25519', sha256: 'SHA256:new' };

/** The questions of a login on a terminal, what is typed there, and what is seen. */
function onTerminal(lang: Lang = 'en', { askPassword = true, last = true } = {}) {
  const input = terminal();
  const seen = new Written(true);
  const asker = openAsker(input, seen, ['login']);
  const asking = <T>(ask: () => Promise<T>) => ask();
  const questions = loginQuestions({ ...stop, last }, { asker, asking, lang, signal, askPassword });
  const type = (text: string) => void (input as unknown as PassThrough).write(`${text}\r`);
  return { questions, type, seen };
}

describe('a host key, on a terminal', () => {
  test.each([
    ['yes', true],
    [' YES ', true],
    ['y', false],
    ['no', false],
    ['', false],
  ])('is taken for the whole word only: %j', async (typed, taken) => {
    const { questions, type, seen } = onTerminal();
    const accepted = questions.acceptHostKey?.({ is: key, was: undefined });
    type(typed);
    expect(await accepted).toBe(taken);
    expect(seen.text).toContain(
      '10.0.0.7:2222 is not known yet: ssh-ed25519 SHA256:new. Is it the right one?',
    );
  });

  test('that changed is shown beside the old one, with the place that has it', async () => {
    const { questions, type, seen } = onTerminal('zh-CN');
    const was = { type: 'ssh-ed25519', sha256: 'SHA256:old' };
    const accepted = questions.acceptHostKey?.({ is: key, was, where: '/k/known_hosts:3' });
    type('是');
    expect(await accepted).toBe(true);
    for (const part of ['SHA256:old', '/k/known_hosts:3', 'SHA256:new', '注意'])
      expect(seen.text).toContain(part);
  });
});

describe('what a server asks', () => {
  test('is shown as its words, inert, and typed where others may see it only if it says so', async () => {
    const { questions, type, seen } = onTerminal();
    const shown = questions.answer?.({ instructions: '', prompt: 'Site\u001b[31m: ', echo: true });
    type('north');
    expect(await shown).toBe('north');
    const hidden = questions.answer?.({ instructions: 'Look at your phone', prompt: 'Code: ', echo: false });
    type('123456');
    expect(await hidden).toBe('123456');
    expect(seen.text).toContain('north');
    expect(seen.text).toContain('Look at your phone');
    expect(seen.text).not.toContain('123456');
    expect(seen.text).not.toContain('[31m');
  });

  test('is not asked without --ask-password; a passphrase is, and may be left out', async () => {
    const { questions, type } = onTerminal('en', { askPassword: false });
    expect(Object.keys(questions).toSorted()).toEqual(['acceptHostKey', 'passphrase', 'tries']);
    const passphrase = questions.passphrase?.('/k', false);
    type('');
    expect(await passphrase).toBeUndefined();
  });
});

test('without a terminal only the machine itself gets the password of the standard input', async () => {
  const asker = openAsker(pipedInput('secret\n'), new Written(), ['login']);
  const tools = {
    asker,
    asking: <T>(ask: () => Promise<T>) => ask(),
    lang: 'en',
    signal,
    askPassword: true,
  } as const;
  expect(loginQuestions({ ...stop, last: false }, tools)).toEqual({});
  const questions = loginQuestions(stop, tools);
  expect(Object.keys(questions)).toEqual(['password']);
  expect(await questions.password?.(false)).toBe('secret');
  asker.close();
});
