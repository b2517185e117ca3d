import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { clampBounds, LEAST, readBounds, writeBounds } from '../../electron/window-bounds.ts';

const PRIMARY = { x: 0, y: 25, width: 1728, height: 1080 };
const BESIDE = { x: 1728, y: 0, width: 2560, height: 1440 };

describe('a window opens', () => {
  test('in the middle of the primary display the first time', () => {
    expect(clampBounds(undefined, [PRIMARY])).toEqual({ x: 224, y: 165, width: 1280, height: 800 });
  });

  test('where it was, on either display', () => {
    for (const kept of [
      { x: 100, y: 100, width: 1000, height: 700 },
      { x: 2000, y: 100, width: 1500, height: 900 },
    ]) {
      expect(clampBounds(kept, [PRIMARY, BESIDE])).toEqual(kept);
    }
  });

  test('back on the primary display when the other one is gone', () => {
    const kept = { x: 2000, y: 100, width: 1500, height: 900 };
    expect(clampBounds(kept, [PRIMARY])).toEqual({ x: 114, y: 115, width: 1500, height: 900 });
  });

  test('no larger than the display', () => {
    const kept = { x: -200, y: -300, width: 5000, height: 4000 };
    expect(clampBounds(kept, [PRIMARY])).toEqual(PRIMARY);
  });

  test('always where it can be seen and never too small', () => {
    const near = fc.integer({ min: -20_000, max: 20_000 });
    const length = fc.integer({ min: 1, max: 20_000 });
    const bounds = fc.record({ x: near, y: near, width: length, height: length });
    fc.assert(
      fc.property(bounds, (kept) => {
        const { x, y, width, height } = clampBounds(kept, [PRIMARY, BESIDE]);
        const home = [PRIMARY, BESIDE].find(
          (area) =>
            x >= area.x &&
            y >= area.y &&
            x + width <= area.x + area.width &&
            y + height <= area.y + area.height,
        );
        expect(home).toBeDefined();
        expect(width).toBeGreaterThanOrEqual(LEAST.width);
        expect(height).toBeGreaterThanOrEqual(LEAST.height);
      }),
    );
  });

  test('with its title bar in reach on a display that is too small', () => {
    const small = { x: 0, y: 25, width: 800, height: 500 };
    expect(clampBounds({ x: 50, y: 80, width: 1000, height: 700 }, [small])).toEqual({
      x: 0,
      y: 25,
      ...LEAST,
    });
  });
});

test('bounds are kept in a file, and a damaged one is as none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-bounds-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'window.json');
  expect(readBounds(file)).toBeUndefined();
  writeBounds(file, PRIMARY);
  expect(readBounds(file)).toEqual(PRIMARY);
  for (const damaged of ['', '{', '[]', '{"x":1}', '{"x":0,"y":0,"width":"9","height":9}', 'null']) {
    writeFileSync(file, damaged);
    expect(readBounds(file)).toBeUndefined();
  }
  expect(() => writeBounds(join(folder, 'nowhere/window.json'), PRIMARY)).not.toThrow();
});
