import type { TraceEvent } from '../../shared/trace.ts';

/** What happened to a packet, without which packet it was: that is the trace id. Never changed, so it can be shared. */
export type Happening = Readonly<Omit<TraceEvent, 'n' | 'backend' | 'traceId'>>;

export type Emit = (traceId: string, happening: Happening) => void;

/**
 * A text in which a program tells what happened to packets. A reader belongs to one text: what a line leaves out (the
 * packet, the base chain) it remembers from the lines before, within bounds.
 */
export interface TraceFormat {
  readonly id: string;
  /** The reader takes any line, emits what it tells, and says whether it was of this format. It leaves other lines soon. */
  reader(emit: Emit): (line: string) => boolean;
}
