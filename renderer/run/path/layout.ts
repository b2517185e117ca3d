import { merged } from './merge.ts';
import type { Station } from './path-model.ts';

/** Pixels. */
export const RAIL_Y = 46;
const LEAST = 84;
const MOST = 148;

export interface Layout {
  /** Wider than what there is when it has to be scrolled. */
  width: number;
  /** Of each station. */
  column: number;
  stations: { station: Station; x: number }[];
  /** Stations next to each other at the same hook. */
  hooks: { hook: string; from: number; to: number; reached: boolean }[];
}

function hookOf(station: Station): string | undefined {
  return station.what === 'chains' || station.what === 'hook' ? station.hook : undefined;
}

/** Places stations on a line: each in a column of its own, merged as far as needed to fit into `room` pixels. */
export function layoutOf(all: readonly Station[], room: number): Layout {
  const stations = merged(all, Math.max(1, Math.floor(room / LEAST)));
  const column = Math.min(MOST, Math.max(LEAST, Math.floor(room / stations.length)));
  const placed = stations.map((station, i) => ({ station, x: i * column + column / 2 }));
  const hooks: Layout['hooks'] = [];
  for (const { station, x } of placed) {
    const hook = hookOf(station);
    if (hook === undefined) continue;
    const open = hooks.at(-1);
    const reached = station.fate !== 'unreached';
    if (open?.hook === hook && open.to === x - column / 2) open.to = x + column / 2;
    else hooks.push({ hook, from: x - column / 2, to: x + column / 2, reached });
  }
  return { width: column * stations.length, column, stations: placed, hooks };
}
