/** The middle one of some numbers, of two in the middle the greater; NaN of none. */
export const median = (all: readonly number[]): number =>
  [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
