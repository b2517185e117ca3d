/** Something that holds or not; undefined where that can't be known. */
export type Perhaps = boolean | undefined;

/** The opposite. */
export const not = (one: Perhaps): Perhaps => (one === undefined ? undefined : !one);

/** Does one of them hold, at least? */
export function some(all: readonly Perhaps[]): Perhaps {
  if (all.includes(true)) return true;
  return all.includes(undefined) ? undefined : false;
}

/** Do all of them hold? */
export const every = (all: readonly Perhaps[]): Perhaps => not(some(all.map(not)));
