import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Where a window is, in points. */
export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What the window's content needs. */
export const LEAST = { width: 900, height: 600 };
const USUAL = { width: 1280, height: 800 };
/** How much of the window must be on a display for it to be found again. */
const SEEN = 120;

const Kept = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
});

/** The bounds that were kept last; undefined when there are none that can be read. */
export function readBounds(file: string): Bounds | undefined {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Keeps them. Never throws: a window that opens in its usual place is no harm. */
export function writeBounds(file: string, { x, y, width, height }: Bounds): void {
  try {
    writeFileSync(file, `${JSON.stringify({ x, y, width, height })}\n`, { mode: 0o600 });
  } catch {
    // The folder is full or not ours; other things say so.
  }
}

/**
 * Bounds that can be seen: as they were where they still overlap a display (the work areas, the primary one first), never
 * larger than it; otherwise in the middle of the primary one.
 */
export function clampBounds(kept: Bounds | undefined, [primary, ...others]: readonly Bounds[]): Bounds {
  const first = primary ?? { x: 0, y: 0, ...USUAL };
  const home = [first, ...others].find((area) => kept !== undefined && overlaps(kept, area));
  if (kept === undefined || home === undefined) return centred(kept ?? USUAL, first);
  const { width, height } = fitting(kept, home);
  return {
    x: between(kept.x, home.x, home.x + home.width - width),
    y: between(kept.y, home.y, home.y + home.height - height),
    width,
    height,
  };
}

function fitting(wanted: { width: number; height: number }, area: Bounds): { width: number; height: number } {
  return {
    width: Math.max(LEAST.width, Math.min(wanted.width, area.width)),
    height: Math.max(LEAST.height, Math.min(wanted.height, area.height)),
  };
}

function centred(wanted: { width: number; height: number }, area: Bounds): Bounds {
  const { width, height } = fitting(wanted, area);
  const x = area.x + Math.max(0, Math.round((area.width - width) / 2));
  const y = area.y + Math.max(0, Math.round((area.height - height) / 2));
  return { x, y, width, height };
}

function overlaps(a: Bounds, b: Bounds): boolean {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return wide >= SEEN && high >= SEEN;
}

/** The least wins over the most: on a display that is too small the window's top left corner stays on it. */
function between(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
