import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argv, quote, quoteWhereNeeded } from '../../electron/connect/quote.ts';

const SHELLS = [['/bin/dash'], ['/bin/bash'], ['/bin/busybox', 'ash']].filter(([path = '']) =>
  existsSync(path),
);

const word = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom("'", '"', '\\', '$', '`', '\n', '\r', '!', '-', '~', '*', '\x01', '\x81', 'é'),
  }),
);

describe('quoting for a shell', () => {
  it.each(SHELLS)('gives %s exactly the words that went in', (shell, ...args) => {
    fc.assert(
      fc.property(
        fc.array(fc.array(word, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 40 }),
        (lines) => {
          const clean = lines.map((words) => words.map((text) => text.replaceAll('\0', '')));
          // Many lines a shell: starting one takes longer than all of the rest.
          const script = clean.map((words) => `printf '%s\\0' ${argv(...words)}`).join('\n');
          const printed = execFileSync(shell ?? '', [...args, '-s'], { input: script, env: { LC_ALL: 'C' } });
          const wanted = clean.flat().map((text) => `${Buffer.from(text).toString()}\0`);
          expect(printed.toString()).toBe(wanted.join(''));
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each(SHELLS)('gives %s the same words where it quotes only what needs it', (shell, ...args) => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, fc.stringMatching(/^[\w@+:,./-]{1,20}$/)), { minLength: 1 }),
        (texts) => {
          const clean = texts.map((text) => text.replaceAll('\0', ''));
          const script = `printf '%s\\0' ${clean.map(quoteWhereNeeded).join(' ')}`;
          const printed = execFileSync(shell ?? '', [...args, '-s'], { input: script, env: { LC_ALL: 'C' } });
          expect(printed.toString()).toBe(clean.map((text) => `${Buffer.from(text).toString()}\0`).join(''));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('leaves words bare that mean themselves', () => {
    expect(['shop_default', '10.0.2.0/24', 'br-1@x', 'a b', '$(x)', ''].map(quoteWhereNeeded)).toEqual([
      'shop_default',
      '10.0.2.0/24',
      'br-1@x',
      "'a b'",
      "'$(x)'",
      "''",
    ]);
  });

  it('refuses NUL', () => {
    expect(() => quote('a\0b')).toThrow(TypeError);
  });

  it('gives an empty word for an empty word', () => {
    expect(argv('a', '', "it's")).toBe(`'a' '' 'it'\\''s'`);
  });
});
