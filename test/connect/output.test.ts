import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../electron/connect/line-splitter.ts';
import { MarkedOutput } from '../../electron/connect/marked-output.ts';

const MARK = '0123456789abcdef 7';

/** A text and the sizes of the pieces in which it arrives. */
const text = fc.string({ unit: fc.constantFrom('a', 'é', '中', '\n', '\n\n', MARK.slice(0, 9), `x${MARK}`) });
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });

function feed(push: (chunk: Buffer) => boolean, whole: string, pieces: readonly number[]): boolean {
  const bytes = Buffer.from(whole);
  let ended = false;
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = pieces[n % pieces.length] ?? 1;
    ended = push(bytes.subarray(at, at + size));
    at += size;
  }
  return ended;
}

describe('output with an end marker', () => {
  it('comes whole and exact, however it is cut on the way', () => {
    fc.assert(
      fc.property(text, sizes, (said, pieces) => {
        const output = new MarkedOutput(MARK, 1000);
        expect(feed((chunk) => output.push(chunk), `${said}\n${MARK} 3\n`, pieces)).toBe(true);
        expect([output.text(), output.end, output.truncated]).toEqual([said, '3', false]);
      }),
    );
  });

  it('keeps no more than its limit, and no half of a character', () => {
    fc.assert(
      fc.property(text, sizes, fc.nat(20), (said, pieces, limit) => {
        const output = new MarkedOutput(MARK, limit);
        feed((chunk) => output.push(chunk), `${said}\n${MARK} 3\n`, pieces);
        expect(said.startsWith(output.text())).toBe(true);
        expect(Buffer.byteLength(output.text())).toBeLessThanOrEqual(limit);
        expect(output.truncated).toBe(Buffer.byteLength(said) > limit);
        expect(output.end).toBe('3');
      }),
    );
  });

  it('comes in lines, however it is cut on the way', () => {
    fc.assert(
      fc.property(text, sizes, (said, pieces) => {
        const lines: string[] = [];
        const splitter = new LineSplitter(MARK, (line) => lines.push(line));
        expect(feed((chunk) => splitter.push(chunk), `${said}\n${MARK} 3\n`, pieces)).toBe(true);
        const wanted = said.split('\n');
        if (wanted.at(-1) === '') wanted.pop();
        expect([lines, splitter.end]).toEqual([wanted, '3']);
      }),
    );
  });
});
