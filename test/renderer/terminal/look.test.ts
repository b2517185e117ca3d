import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PALETTES } from '../../../renderer/terminal/palette.ts';
import { safeTitle } from '../../../renderer/terminal/title.ts';

const TOKENS = readFileSync(new URL('../../../renderer/ui/tokens.css', import.meta.url), 'utf8');

function token(name: string, scheme: 'light' | 'dark'): string | undefined {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(TOKENS) ?? [];
  return scheme === 'light' ? light : dark;
}

/** WCAG's contrast of two colours. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
    const [r = 0, g = 0, blue = 0] = parts.map((c) =>
      c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe.each(['light', 'dark'] as const)('a shell in %s', (scheme) => {
  const palette = PALETTES[scheme];

  it('has the window’s own ground, ink and accent', () => {
    expect(palette.background).toBe(token('term', scheme));
    expect(palette.foreground).toBe(token('ink', scheme));
    expect(palette.cursor).toBe(token('accent', scheme));
  });

  it('shows each of the sixteen colours so that it can be read', () => {
    const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
    const bright = names.map(
      (name) => `bright${name[0]?.toUpperCase()}${name.slice(1)}` as keyof typeof palette,
    );
    for (const name of [...names, ...bright])
      expect(contrast(String(palette[name]), String(palette.background)), name).toBeGreaterThan(4.5);
  });
});

describe('a title that a program sets', () => {
  it('is one line in which nothing acts or hides, and is cut', () => {
    expect(safeTitle(' root@vm: ~ ')).toBe('root@vm: ~');
    expect(safeTitle('a\nb\x1b[31m\u202ec')).toBe('a\\nb\\u001b[31m\\u202ec');
    expect(safeTitle('网'.repeat(5000)).length).toBeLessThanOrEqual(61);
  });
});
