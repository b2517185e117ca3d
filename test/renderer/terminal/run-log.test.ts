import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readRecording } from '../../../electron/connect/recording-file.ts';
import { rememberAbridged } from '../../../renderer/run/abridged.ts';
import { logEntry, MOST_COMMANDS, shownCommands } from '../../../renderer/terminal/run-log.ts';
import type { CommandRecord } from '../../../shared/run.ts';
import { LANGS, same } from '../../../shared/text.ts';

const RECORDING = fileURLToPath(
  new URL('../../../electron/sample/docker0-out-of-zone.recording', import.meta.url),
);

type Answer = NonNullable<CommandRecord['answer']>;

function command(script: string, answer?: Partial<Answer>): CommandRecord {
  const base = { type: 'answer', id: 'c1', t: 1, code: 0, stdout: '', stderr: '', timedOut: false } as const;
  return {
    id: 'c1',
    purpose: { en: 'Look', 'zh-CN': '查看' },
    script,
    asRoot: false,
    t: 0,
    ...(answer && { answer: { ...base, truncated: false, ms: 12, ...answer } }),
  };
}

/** What the bundled recording holds of commands and answers. */
async function recordedCommands(): Promise<CommandRecord[]> {
  const { entries } = await readRecording(RECORDING);
  return entries.flatMap((entry) =>
    entry.kind === 'exec' ? [{ ...command(entry.script, entry.answer), purpose: same(entry.purpose) }] : [],
  );
}

describe('the run log', () => {
  it('shows what a real guest was asked and answered in a few lines each', async () => {
    const commands = await recordedCommands();
    expect(commands.length).toBeGreaterThan(10);
    for (const one of commands) {
      const { purpose, script, stdout, end } = logEntry(one, false, 'en');
      expect(purpose).not.toBe('');
      expect(script.text).toMatch(/^(?!export )./);
      expect(script.text.split('\n').length).toBeLessThanOrEqual(3);
      expect(stdout.text.split('\n').length).toBeLessThanOrEqual(10);
      expect(end?.how).toBe('exit');
      expect(logEntry(one, true, 'en').stdout.more).toBe(0);
    }
  });

  it('shows a few lines, tells how many more there are, and all when asked to', () => {
    const script = 'export LC_ALL=C\n\nexport PATH=/bin\none\ntwo\nthree\nfour';
    const record = command(script, { stdout: `${'line\n'.repeat(30)}` });
    const few = logEntry(record, false, 'en');
    expect(few.script).toEqual({ text: 'one\ntwo\nthree', more: 4 });
    expect(few.stdout.more).toBe(20);
    const whole = logEntry(record, true, 'en');
    expect(whole.script).toEqual({ text: script, more: 0 });
    expect(whole.stdout).toEqual({ text: 'line\n'.repeat(30).trimEnd(), more: 0 });
  });

  it('says in each language why it was asked', () => {
    const purposes = LANGS.map((lang) => logEntry(command('x'), false, lang).purpose);
    expect(purposes).toEqual(['Look', '查看']);
  });

  it('leaves a script alone that only prepares', () => {
    expect(logEntry(command('export A=1'), false, 'en').script).toEqual({ text: 'export A=1', more: 0 });
  });

  it('makes inert what a guest could act or hide with', () => {
    const evil = '\x1b]52;c;ZXZpbA==\x07\x1b[2Jred\x9b31m\u202egpj\u200b\r\nnext\x00';
    const entry = logEntry(
      { ...command(evil, { stdout: evil, stderr: evil }), purpose: same(evil) },
      true,
      'en',
    );
    for (const text of [entry.purpose, entry.script.text, entry.stdout.text, entry.stderr.text]) {
      expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
      expect(text).toContain('\\u001b[2J');
    }
  });

  it('cuts a line that never ends', () => {
    expect(logEntry(command('x', { stdout: 'y'.repeat(8000) }), true, 'en').stdout.text.length).toBeLessThan(
      2100,
    );
  });

  it('says how a command ended', () => {
    expect(logEntry(command('x'), false, 'en').end).toBeUndefined();
    expect(logEntry(command('x', { code: 3 }), false, 'en').end).toEqual({ how: 'exit', code: 3, ms: 12 });
    expect(logEntry(command('x', { timedOut: true }), false, 'en').end).toEqual({ how: 'timed-out', ms: 12 });
    expect(logEntry(command('x', { refused: 'no root' }), false, 'en').end).toEqual({
      how: 'refused',
      ms: 12,
    });
  });

  it('says when the window has only the beginning', () => {
    const whole = command('x', { stdout: 'a' });
    const part = command('x', { stdout: 'b' });
    if (part.answer) rememberAbridged([part.answer], 7, [7]);
    expect(logEntry(whole, true, 'en').shortened).toBe(false);
    expect(logEntry(part, true, 'en').shortened).toBe(true);
  });

  it('is bounded, however many commands a run has', () => {
    const many = Array.from({ length: 100_000 }, (_, n) => ({ ...command('x'), id: `c${n}` }));
    const { shown, before } = shownCommands(many);
    expect(shown).toHaveLength(MOST_COMMANDS);
    expect(shown.at(-1)?.id).toBe('c99999');
    expect(before).toBe(100_000 - MOST_COMMANDS);
  });
});
