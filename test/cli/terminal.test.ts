import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matrixLines } from '../../electron/cli/matrix.ts';
import { showProgress } from '../../electron/cli/progress.ts';
import { resultText } from '../../electron/cli/result.ts';
import { painter, safe, safeLine } from '../../electron/cli/terminal.ts';
import type { RunEvent } from '../../shared/run.ts';
import { LANGS, same } from '../../shared/text.ts';
import { cut, width } from '../../shared/width.ts';
import { Written } from '../support/fake-io.ts';
import { runOf, ZONE_EVENTS } from '../support/zone-case.ts';

const ESC = '\u001b';

describe('text of untrusted origin', () => {
  test.each([
    ['colours', `${ESC}[31mred${ESC}[0m`, 'red'],
    ['a window title', `${ESC}]0;owned\u0007x`, 'x'],
    ['a colour in colon form', `${ESC}[38:2::255:0:0mred`, 'red'],
    ['a device control string', `${ESC}P+q544e${ESC}\\x`, 'x'],
    ['bidirectional controls', 'a\u202egnp', 'a\\u202egnp'],
    ['a bell and a backspace', 'a\u0007\u0008b', 'a\\u0007\\u0008b'],
    ['a carriage return that hides a line', 'bad\rgood', 'bad\\u000dgood'],
  ])('loses %s', (_, hostile, expected) => {
    expect(safe(hostile)).toBe(expected);
  });

  test('can never act on the terminal', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(ESC, '[', ']', '0', ';', 'm', '\\', '\u009b', '\r', 'x') }),
        (t) => {
          expect(safeLine(t)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        },
      ),
    );
  });
});

describe('the result', () => {
  const run = runOf(ZONE_EVENTS);
  const plain = { lang: 'en', paint: painter(new Written(), {}), fits: 120 } as const;

  test('says verdict, cause, place, grade, fix with undo, and that nothing was left', () => {
    const text = resultText(run, plain);
    expect(text.split('\n')[0]).toBe('Problem found — firewalld keeps containers off the network.');
    expect(text).toMatch(/^ {2}Owner +firewalld$/m);
    expect(text).toMatch(/^ {2}Where +inet firewalld filter_FWD_public, rule 6, handle 147 /m);
    expect(text).toMatch(/^ {2}How sure +traced /m);
    expect(text).toContain('--add-interface=docker0');
    expect(text.indexOf('--remove-interface=docker0')).toBeGreaterThan(text.indexOf('To take it back:'));
    expect(text).toContain('Nothing was left behind');
  });

  test('has colours on a terminal that wants them, and no other escape anywhere', () => {
    const tty = new Written(true);
    expect(resultText(run, { ...plain, paint: painter(tty, {}) })).toContain(`${ESC}[31mProblem found`);
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      expect(resultText(run, { ...plain, paint: painter(tty, env) })).not.toContain(ESC);
    }
    expect(resultText(run, plain)).not.toContain(ESC);
  });

  test('stays inert when every name in the run is hostile', () => {
    const hostile = JSON.parse(
      JSON.stringify(ZONE_EVENTS)
        .replaceAll('box1', 'box\\u001b[2J\\u202e')
        .replaceAll('docker0', 'd\\r\\u0007'),
    ) as RunEvent[];
    for (const lang of LANGS) {
      const text = resultText(runOf(hostile), { ...plain, lang });
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });

  test('can be told of any run, however little there is of it', () => {
    fc.assert(
      fc.property(
        fc.subarray([...ZONE_EVENTS]),
        fc.constantFrom(...LANGS),
        fc.integer({ min: 1, max: 200 }),
        (e, lang, fits) => {
          expect(resultText(runOf(e), { ...plain, lang, fits })).not.toMatch(/undefined|\[object|NaN/);
        },
      ),
    );
  });
});

describe('the matrix', () => {
  const { flows } = runOf(ZONE_EVENTS);

  test('aligns its columns by what a terminal shows, Chinese included', () => {
    for (const lang of LANGS) {
      const lines = matrixLines(flows, lang, 200);
      const starts = new Set(
        lines.slice(1).map((line) => width(line.slice(0, line.search(/ (?:ok|正常)/u)))),
      );
      expect(starts.size).toBe(1);
    }
  });

  test('lists what fails where the table would not fit', () => {
    expect(matrixLines(flows, 'en', 40)).toEqual([
      'box1 (bridge) → 1.1.1.1:80 tcp      prohibited',
      'box1 (bridge) → example.com:80 tcp  prohibited',
    ]);
    expect(matrixLines(flows.slice(0, 2), 'en', 10)).toEqual(['All 2 flows that were tried work.']);
  });
});

test('a text is cut to the columns there are, never in the middle of a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '中', '😀', 'é', 'e\u0301') }),
      fc.integer({ min: 1, max: 12 }),
      (t, n) => {
        const short = cut(t, n);
        expect(width(short)).toBeLessThanOrEqual(n);
        expect(short).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
        if (width(t) <= n) expect(short).toBe(t);
      },
    ),
  );
});

describe('progress', () => {
  function shown(out: Written, env: NodeJS.ProcessEnv, events: readonly RunEvent[]): string {
    const progress = showProgress(out, env, 'en', () => 0);
    for (const event of events) progress.show(event);
    progress.close();
    return out.text;
  }

  test('in a pipe is one plain line a step, with time and counts', () => {
    expect(shown(new Written(), {}, ZONE_EVENTS)).toBe(
      [
        '✓ Connect  399 ms',
        '✓ Read the settings  1.6 s  1 of 2 facts, 2 commands',
        '✓ Try who reaches what  2.0 s  2 of 4 work, 1 command',
        '',
      ].join('\n'),
    );
  });

  test('on a terminal rewrites the line of the current step with what runs just now', () => {
    const text = shown(new Written(true), {}, ZONE_EVENTS);
    expect(text).toContain('\r\u001b[2K… Read the settings  0 ms  1 command  The whole ruleset');
    expect(text).toMatch(/✓ Read the settings {2}1\.6 s[^\n]*\n/);
  });

  test('on a build server keeps to plain lines though it pretends to be a terminal', () => {
    expect(shown(new Written(true), { CI: 'true', NO_COLOR: '1' }, ZONE_EVENTS)).not.toContain('\u001b');
  });

  test('marks the step that never ended', () => {
    const broken: RunEvent[] = [
      { type: 'step-began', t: 0, step: 'connect' },
      { type: 'ended', t: 3000, how: 'failed' },
    ];
    expect(shown(new Written(), {}, broken)).toBe('✗ Connect  3.0 s\n');
  });

  test('leaves the terminal alone while a question is asked', () => {
    const out = new Written(true);
    const progress = showProgress(out, {}, 'en', () => 0);
    progress.show({ type: 'step-began', t: 0, step: 'connect' });
    const release = progress.hold();
    const before = out.text;
    progress.show({ type: 'command', t: 1, id: 'c1', purpose: same('x'), script: 'x', asRoot: false });
    expect(out.text).toBe(before);
    release();
    expect(out.text).not.toBe(before);
    progress.close();
  });
});
