import { describe, expect, it } from 'vitest';
import { pastePlan, typedPieces } from '../../../renderer/terminal/paste.ts';

describe('a paste', () => {
  it('of one line is not asked about', () => {
    expect(pastePlan('docker ps', false)).toMatchObject({ text: 'docker ps', lines: 1, asks: false });
  });

  it('that would run at once is asked about, unless the shell takes pastes whole', () => {
    expect(pastePlan('docker ps\n', false)).toMatchObject({ lines: 1, asks: true });
    expect(pastePlan('docker ps\n', true)).toMatchObject({ lines: 1, asks: false });
  });

  it('of several lines is asked about whatever the shell does', () => {
    for (const bracketed of [true, false])
      expect(pastePlan('a\r\nb\rc\n', bracketed)).toMatchObject({ text: 'a\nb\nc\n', lines: 3, asks: true });
  });

  it('loses what could act: escapes, the end of bracketed paste, Ctrl-C, C1 controls', () => {
    const plan = pastePlan('a\x1b[201~b\x03c\x9bd\u0000e\tf', true);
    expect(plan).toMatchObject({ text: 'a[201~bcde\tf', dropped: 4 });
    expect(plan.text).not.toMatch(/(?![\n\t])\p{Cc}/u);
  });

  it('shows its first lines, and says how many more there are', () => {
    const plan = pastePlan(`${'x'.repeat(500)}\n2\n3\n4\n5\n6`, true);
    expect(plan.preview.split('\n')).toEqual(['x'.repeat(160), '2', '3', '4']);
    expect(plan.more).toBe(2);
  });
});

describe('what is typed', () => {
  it('goes in pieces that main takes, and none is lost', () => {
    const text = `${'a'.repeat(499_999)}👩${'b'.repeat(600_000)}`;
    const pieces = typedPieces(text);
    expect(pieces.join('')).toBe(text);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(500_000);
      expect(Buffer.from(piece, 'utf8').toString('utf8')).toBe(piece);
    }
  });

  it('is nothing when nothing was typed', () => {
    expect(typedPieces('')).toEqual([]);
  });
});
