import type { FlowResult } from '../../../shared/flow.ts';
import type { EventOf, RunEvent } from '../../../shared/run.ts';
import type { Row, RowBody, RowCommand, RowKind } from './rows.ts';
import {
  answerState,
  END_STATES,
  factState,
  flowState,
  journeyState,
  REMEDY_STATES,
  residueState,
  VERDICT_STATES,
} from './states.ts';

/** What evidence, cells and stations point at. */
export type RowRef = 'fact' | 'flow' | 'journey' | 'command' | 'cause';

/**
 * The rows of a run, derived from its events as they come: each event is looked at once, however long the run is. Rows
 * are only ever added at the end, or replaced where they stand.
 */
export class Timeline {
  readonly rows: Row[] = [];
  /** Positions of the rows of each kind, rising. */
  readonly byKind: Record<RowKind, number[]> = { step: [], probe: [], flow: [], trace: [], finding: [] };
  /** Rises with every change. */
  version = 0;
  /** Positions of rows that were replaced, in order of the changes. */
  readonly replaced: number[] = [];
  #done = 0;
  readonly #commands = new Map<string, { command: RowCommand; row: number }>();
  readonly #steps = new Map<string, number>();
  readonly #at: Record<RowRef, Map<string, number>> = {
    fact: new Map(),
    flow: new Map(),
    journey: new Map(),
    command: new Map(),
    cause: new Map(),
  };

  /** Takes in what has been added to the list since the last time; the list only ever grows. */
  advance(events: readonly RunEvent[]): this {
    if (this.#done === events.length) return this;
    for (; this.#done < events.length; this.#done += 1) {
      const event = events[this.#done];
      if (event !== undefined) this.#take(event);
    }
    this.version += 1;
    return this;
  }

  /** Where the row stands that tells of this; the newest, when several do. */
  rowOf(ref: RowRef, id: string): number | undefined {
    return this.#at[ref].get(id);
  }

  #add(kind: RowKind, state: Row['state'], t: number, body: RowBody, ms?: number): number {
    const at = this.rows.length;
    this.rows.push({ kind, state, t, ms, ...body });
    this.byKind[kind].push(at);
    return at;
  }

  #replace(at: number, change: (row: Row) => Row): void {
    const row = this.rows[at];
    if (row === undefined) return;
    this.rows[at] = change(row);
    this.replaced.push(at);
  }

  #take(event: RunEvent): void {
    const { t } = event;
    switch (event.type) {
      case 'started':
        this.#add('step', 'info', t, { what: 'started', event });
        return;
      case 'remark':
        this.#add('finding', 'warn', t, { what: 'remark', remark: event });
        return;
      case 'step-began':
        this.#steps.set(event.step, this.#add('step', 'running', t, { what: 'step', step: event.step }));
        return;
      case 'step-ended':
        this.#replace(this.#steps.get(event.step) ?? -1, (row) => ({ ...row, state: 'ok', ms: event.ms }));
        return;
      case 'command': {
        const command: RowCommand = { asked: event };
        const row = this.#add('probe', 'running', t, { what: 'command', command });
        this.#commands.set(event.id, { command, row });
        this.#at.command.set(event.id, row);
        return;
      }
      case 'answer':
        this.#answer(event);
        return;
      case 'fact': {
        const command = this.#commands.get(event.commandId)?.command;
        const row = this.#add('probe', factState(event), t, { what: 'fact', fact: event, command });
        this.#at.fact.set(event.probe, row);
        return;
      }
      case 'flow':
        this.#flow(event.flow, t);
        return;
      case 'tracer':
        this.#add('trace', event.backend === null ? 'warn' : 'info', t, { what: 'tracer', tracer: event });
        return;
      case 'journey': {
        const { journey } = event;
        const row = this.#add('trace', journeyState(journey), t, { what: 'journey', journey });
        this.#at.journey.set(journey.id, row);
        return;
      }
      case 'rule-note':
        this.#add('finding', 'warn', t, { what: 'note', note: event });
        return;
      case 'cause':
        this.#at.cause.set(
          event.cause.id,
          this.#add('finding', 'bad', t, { what: 'cause', cause: event.cause }),
        );
        return;
      case 'guest':
        return;
      case 'verdict':
        this.#add('finding', VERDICT_STATES[event.verdict], t, { what: 'verdict', verdict: event });
        return;
      case 'residue':
        this.#add('finding', residueState(event.residue), t, { what: 'residue', residue: event.residue });
        return;
      case 'remedy':
        this.#add('finding', 'info', t, { what: 'remedy', plan: event.plan });
        return;
      case 'remedy-stands':
        return;
      case 'remedy-ended':
        this.#add('finding', REMEDY_STATES[event.outcome], t, { what: 'remedied', end: event });
        return;
      case 'trouble':
        // Stopping is what the person wanted.
        this.#add('finding', event.code === 'cancelled' ? 'warn' : 'bad', t, {
          what: 'trouble',
          trouble: event,
        });
        return;
      case 'ended':
        this.#add('finding', END_STATES[event.how], t, { what: 'ended', how: event.how });
        return;
    }
  }

  #answer(event: EventOf<'answer'>): void {
    const asked = this.#commands.get(event.id);
    if (asked === undefined) return;
    // Rows of facts and flows that came before the answer show the same command.
    asked.command.answer = event;
    const { command } = asked;
    this.#replace(asked.row, (row) => ({ ...row, state: answerState(event), ms: event.ms, ...{ command } }));
  }

  #flow(flow: FlowResult, t: number): void {
    const command = flow.commandId === undefined ? undefined : this.#commands.get(flow.commandId)?.command;
    const body = { what: 'flow', flow, command } as const;
    const known = this.#at.flow.get(flow.id);
    if (known === undefined) {
      this.#at.flow.set(flow.id, this.#add('flow', flowState(flow), t, body, flow.ms));
      return;
    }
    this.#replace(known, (row) => {
      const before = row.what === 'flow' ? (row.before ?? row.flow) : flow;
      return { kind: 'flow', state: flowState(flow), t: row.t, ms: flow.ms, ...body, before };
    });
  }
}

const timelines = new WeakMap<readonly RunEvent[], Timeline>();

/** The timeline of a list of events, up to date; there is one for each list. */
export function timelineOf(events: readonly RunEvent[]): Timeline {
  let timeline = timelines.get(events);
  if (timeline === undefined) {
    timeline = new Timeline();
    timelines.set(events, timeline);
  }
  return timeline.advance(events);
}
