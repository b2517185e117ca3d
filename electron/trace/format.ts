import type { TraceEvent } from '../../shared/trace.ts';

/** An event as a line of text tells it; its number comes from the order of the lines. */
export type SeenEvent = Omit<TraceEvent, 'n' | 'backend'>;

/**
 * A text in which a program tells what happened to packets. A reader belongs to one text: what a line leaves out (the
 * packet, the base chain) it remembers from the lines before, within bounds.
 */
export interface TraceFormat {
  readonly id: string;
  /** Words of which each line of this format has one: lets a reader skip all other lines at once. */
  readonly marks: readonly string[];
  reader(): (line: string) => readonly SeenEvent[];
}
