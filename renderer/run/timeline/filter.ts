import type { Lang } from '../../../shared/text.ts';
import { rowSummary, rowTitle } from './row-text.ts';
import { commandOf, type Row, type RowCommand, type RowKind } from './rows.ts';
import type { Timeline } from './timeline.ts';

/** Positions of the rows that are shown, rising; all of them need no list. */
export interface Shown {
  readonly length: number;
  /** Position in the timeline of the nth row shown. */
  at(n: number): number;
  /** The n of a position, or -1. */
  indexOf(position: number): number;
}

/** Every row. */
function everything(length: number): Shown {
  return { length, at: (n) => n, indexOf: (position) => (position < length ? position : -1) };
}

/** Some of the rows. */
function some(positions: readonly number[]): Shown {
  const { length } = positions;
  return {
    length,
    at: (n) => positions[n] ?? 0,
    indexOf: (position) => {
      const n = lowerBound(positions, position);
      return positions[n] === position ? n : -1;
    },
  };
}

/** Where a number stands in a rising list, or would. */
export function lowerBound(rising: readonly number[], wanted: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows of a kind, as they are now. */
export function ofKind(timeline: Timeline, kind: RowKind | 'all'): Shown {
  return kind === 'all' ? everything(timeline.rows.length) : some(timeline.byKind[kind]);
}

/** What is looked for, as typed: no pattern, and capitals make no difference. */
export function pattern(query: string): RegExp {
  return new RegExp(query.trim().replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'iu');
}

function commandMatches({ asked, answer }: RowCommand, wanted: RegExp): boolean {
  return (
    wanted.test(asked.script) ||
    (answer !== undefined && (wanted.test(answer.stdout) || wanted.test(answer.stderr)))
  );
}

/** Is it in the row's title, summary, command or output? A command's own row answers for its text, not those of its facts. */
export function matches(row: Row, wanted: RegExp, lang: Lang): boolean {
  if (wanted.test(rowTitle(row, lang)) || wanted.test(rowSummary(row, lang))) return true;
  const command = row.what === 'command' ? commandOf(row) : undefined;
  return command !== undefined && commandMatches(command, wanted);
}

/** Looks for a text in rows, a slice at a time, and goes on where it stopped when rows are added or replaced. */
export class Search {
  readonly #found: number[] = [];
  readonly #wanted: RegExp;
  #next = 0;
  #replaced: number;

  constructor(
    private readonly timeline: Timeline,
    readonly kind: RowKind | 'all',
    readonly query: string,
    private readonly lang: Lang,
  ) {
    this.#wanted = pattern(query);
    this.#replaced = timeline.replaced.length;
  }

  get shown(): Shown {
    return some(this.#found);
  }

  /** Looks on until `enough` says so; is everything looked through? */
  work(enough: () => boolean): boolean {
    const { timeline } = this;
    const candidates = ofKind(timeline, this.kind);
    while (this.#next < candidates.length) {
      const at = candidates.at(this.#next);
      this.#next += 1;
      if (this.#isIn(at)) this.#found.push(at);
      if (enough()) return false;
    }
    while (this.#replaced < timeline.replaced.length) {
      const at = timeline.replaced[this.#replaced] ?? -1;
      this.#replaced += 1;
      this.#lookAgain(at);
      if (enough()) return false;
    }
    return true;
  }

  #isIn(at: number): boolean {
    const row = this.timeline.rows[at];
    return row !== undefined && matches(row, this.#wanted, this.lang);
  }

  /** A row that has changed since: an answer may hold what the question did not. */
  #lookAgain(at: number): void {
    const row = this.timeline.rows[at];
    if (row === undefined || (this.kind !== 'all' && row.kind !== this.kind)) return;
    const n = lowerBound(this.#found, at);
    if (this.#found[n] !== at && this.#isIn(at)) this.#found.splice(n, 0, at);
  }
}
