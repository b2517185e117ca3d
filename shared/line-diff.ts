/** A line that both texts have, or that went (`-`) or came (`+`). */
export interface DiffLine {
  mark: ' ' | '-' | '+';
  text: string;
}

/** Lines around a change that are shown with it. */
const AROUND = 2;

/**
 * What changes between two short texts, line by line, with two lines around each change; null stands for a file that is not
 * there. Time and room grow with the product of the lengths: for files that a person reads.
 */
export function lineDiff(before: string | null, after: string | null): DiffLine[] {
  const a = linesOf(before);
  const b = linesOf(after);
  const common = commonLengths(a, b);
  const all: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      all.push({ mark: ' ', text: left });
      i += 1;
      j += 1;
    } else if (left !== undefined && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0)) {
      all.push({ mark: '-', text: left });
      i += 1;
    } else {
      all.push({ mark: '+', text: right ?? '' });
      j += 1;
    }
  }
  const near = (at: number) =>
    all.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ mark }) => mark !== ' ');
  return all.filter((_, at) => near(at));
}

function linesOf(text: string | null): string[] {
  if (text === null || text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

/** How many lines in common the rests of both lists have, from each pair of places on. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [row, below] = [table[i], table[i + 1]];
      if (!row || !below) continue;
      row[j] = a[i] === b[j] ? 1 + (below[j + 1] ?? 0) : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}
