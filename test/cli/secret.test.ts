import type { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { openAsker } from '../../electron/cli/secret.ts';
import { pipedInput, terminal, Written } from '../support/fake-io.ts';

const never = new AbortController().signal;

describe('in a pipe', () => {
  test('passwords stand on a line each, login before sudo', async () => {
    const asker = openAsker(pipedInput('first\nsecond\n'), new Written(), ['login', 'sudo']);
    expect(await asker.ask('login', 'Password: ', never)).toBe('first');
    expect(await asker.ask('sudo', 'Sudo: ', never)).toBe('second');
    asker.close();
  });

  test('the sudo password keeps its place when the login needed none', async () => {
    const asker = openAsker(pipedInput('first\nsecond'), new Written(), ['login', 'sudo']);
    expect(await asker.ask('sudo', 'Sudo: ', never)).toBe('second');
    asker.close();
  });

  test('a lone sudo password is the first line, blanks and all', async () => {
    const asker = openAsker(pipedInput(' se cret \n'), new Written(), ['sudo']);
    expect(await asker.ask('sudo', 'Sudo: ', never)).toBe(' se cret ');
    asker.close();
  });

  test('nobody is prompted', async () => {
    const prompts = new Written();
    const asker = openAsker(pipedInput('x\n'), prompts, ['sudo']);
    await asker.ask('sudo', 'Sudo: ', never);
    expect(prompts.text).toBe('');
    asker.close();
  });

  test('an input that ends too early is wrong usage, not an empty password', async () => {
    const asker = openAsker(pipedInput(''), new Written(), ['sudo']);
    await expect(asker.ask('sudo', 'Sudo: ', never)).rejects.toMatchObject({
      code: 'bad-usage',
      facts: { why: 'no-secret', option: '--ask-sudo' },
    });
    asker.close();
  });
});

describe('on a terminal', () => {
  test('what is typed is not echoed, and afterwards the terminal is as before', async () => {
    const input = terminal();
    const prompts = new Written(true);
    const asker = openAsker(input, prompts, ['sudo']);
    const rawWhenPrompted: boolean[] = [];
    prompts.write = function (text) {
      rawWhenPrompted.push(input.raw);
      this.text += text;
    };
    const asked = asker.ask('sudo', 'Sudo password: ', never);
    expect(rawWhenPrompted).toEqual([true]);
    (input as unknown as PassThrough).write('hunter2\r');
    expect(await asked).toBe('hunter2');
    asker.close();
    expect(prompts.text).toBe('Sudo password: \n');
    expect(input.raw).toBe(false);
  });

  test('a question ends when the run is cancelled', async () => {
    const input = terminal();
    const controller = new AbortController();
    const asker = openAsker(input, new Written(true), ['sudo']);
    const asked = asker.ask('sudo', 'Sudo password: ', controller.signal);
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    asker.close();
    expect(input.raw).toBe(false);
  });
});
