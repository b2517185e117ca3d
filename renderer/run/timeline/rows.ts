import type { FlowResult } from '../../../shared/flow.ts';
import type { EventOf, StepId } from '../../../shared/run.ts';

/** What the timeline can be narrowed down to. */
export const ROW_KINDS = ['step', 'probe', 'flow', 'trace', 'finding'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

export type RowState = 'running' | 'ok' | 'bad' | 'warn' | 'info' | 'skipped';

/** A command with its answer, once it has one. */
export interface RowCommand {
  asked: EventOf<'command'>;
  answer?: EventOf<'answer'>;
}

/** What a row tells. */
export type RowBody =
  | { what: 'started'; event: EventOf<'started'> }
  | { what: 'remark'; remark: EventOf<'remark'> }
  | { what: 'step'; step: StepId }
  | { what: 'command'; command: RowCommand }
  | { what: 'fact'; fact: EventOf<'fact'>; command?: RowCommand | undefined }
  /** `before`: how it ended when it was first tried, where the trace then said more. */
  | { what: 'flow'; flow: FlowResult; before?: FlowResult; command?: RowCommand | undefined }
  | { what: 'tracer'; tracer: EventOf<'tracer'> }
  | { what: 'journey'; journey: EventOf<'journey'>['journey'] }
  | { what: 'note'; note: EventOf<'rule-note'> }
  | { what: 'cause'; cause: EventOf<'cause'>['cause'] }
  | { what: 'verdict'; verdict: EventOf<'verdict'> }
  | { what: 'remedy'; plan: EventOf<'remedy'>['plan'] }
  | { what: 'remedied'; end: EventOf<'remedy-ended'> }
  | { what: 'residue'; residue: EventOf<'residue'>['residue'] }
  | { what: 'trouble'; trouble: EventOf<'trouble'> }
  | { what: 'ended'; how: EventOf<'ended'>['how'] };

/** A line of the timeline. Never changed: what happens later to it makes a new row in its place. */
export type Row = RowBody & {
  kind: RowKind;
  state: RowState;
  /** Milliseconds since the run began. */
  t: number;
  /** How long it took, once that is known. */
  ms?: number | undefined;
};

/** The command that a row shows and copies. */
export function commandOf(row: Row): RowCommand | undefined {
  return 'command' in row ? row.command : undefined;
}
