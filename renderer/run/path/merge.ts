import type { Station } from './path-model.ts';

function canMerge(station: Station | undefined): station is Station & { what: 'chains' } {
  return station?.what === 'chains' && station.fate === 'passed';
}

/** Runs of neighbours that could be shown as one: chains of one hook that all let the packet pass. */
function runs(stations: readonly Station[]): { from: number; length: number }[] {
  const found: { from: number; length: number }[] = [];
  for (let from = 0; from < stations.length; ) {
    const first = stations[from];
    let length = 1;
    if (canMerge(first)) {
      for (;;) {
        const next = stations[from + length];
        if (!canMerge(next) || next.hook !== first.hook) break;
        length += 1;
      }
    }
    if (length > 1) found.push({ from, length });
    from += length;
  }
  return found;
}

/** With the run of chains merged that tells least: far from where the packet died, and long. */
function mergedOnce(list: readonly Station[]): Station[] | undefined {
  const died = list.find(({ fate }) => fate === 'died');
  const hook = died?.what === 'chains' ? died.hook : undefined;
  const isNear = (from: number) => {
    const station = list[from];
    return station?.what === 'chains' && station.hook === hook;
  };
  const [best] = runs(list).sort(
    (a, b) => Number(isNear(a.from)) - Number(isNear(b.from)) || b.length - a.length,
  );
  if (best === undefined) return undefined;
  const together = list.slice(best.from, best.from + best.length).filter(canMerge);
  const [first] = together;
  if (first === undefined) return undefined;
  const one = { ...first, stops: together.flatMap(({ stops }) => stops) };
  return [...list.slice(0, best.from), one, ...list.slice(best.from + best.length)];
}

/** Without the last thing on the way that the packet did not reach; its end stays. */
function withoutBeyond(list: readonly Station[]): Station[] | undefined {
  const at = list.findLastIndex(({ what, fate }) => fate === 'unreached' && what !== 'end');
  return at < 0 ? undefined : list.filter((_, n) => n !== at);
}

/**
 * As many stations as there is room for: chains of one hook that let the packet pass are drawn as one, then what it never
 * reached is left out. May give more than fit, where nothing more can be spared.
 */
export function merged(stations: readonly Station[], most: number): Station[] {
  let list = [...stations];
  while (list.length > most) {
    const fewer = mergedOnce(list) ?? withoutBeyond(list);
    if (fewer === undefined) break;
    list = fewer;
  }
  return list;
}
