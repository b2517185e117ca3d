import { merged } from './merge.ts';
import type { Station } from './path-model.ts';

/** Pixels. */
export const RAIL_Y = 46;
const LEAST = 78;
const MOST = 148;
/** What ended the packet gets that many columns: its name is the one to read. */
const FATAL = 1.4;

export interface Layout {
  /** Wider than what there is when it has to be scrolled. */
  width: number;
  /** The middle of each station, and the width it has. */
  stations: { station: Station; x: number; width: number }[];
  /** Stations next to each other at the same hook. */
  hooks: { hook: string; from: number; to: number; reached: boolean }[];
}

function hookOf(station: Station): string | undefined {
  return station.what === 'chains' || station.what === 'hook' ? station.hook : undefined;
}

function share({ fate }: Station): number {
  return fate === 'died' || fate === 'lost' ? FATAL : 1;
}

/** Places stations on a line: each in a column of its own, merged as far as needed to fit into `room` pixels. */
export function layoutOf(all: readonly Station[], room: number): Layout {
  const stations = merged(all, Math.max(2, Math.floor(room / LEAST - FATAL + 1)));
  const shares = stations.reduce((sum, station) => sum + share(station), 0);
  const column = Math.min(MOST, Math.max(LEAST, Math.floor(room / shares)));
  const placed: Layout['stations'] = [];
  const hooks: Layout['hooks'] = [];
  let left = 0;
  for (const station of stations) {
    const width = column * share(station);
    const right = left + width;
    placed.push({ station, x: left + width / 2, width });
    const hook = hookOf(station);
    const open = hooks.at(-1);
    const reached = station.fate !== 'unreached';
    if (hook !== undefined && open?.hook === hook && open.to === left) open.to = right;
    else if (hook !== undefined) hooks.push({ hook, from: left, to: right, reached });
    left = right;
  }
  return { width: left, stations: placed, hooks };
}
