import { z } from 'zod';
import { Cause, Verdict } from './cause.ts';
import { FlowResult } from './flow.ts';
import { Focus } from './focus.ts';
import { GuestChange, RemedyEnd, RemedyKind, RemedyPlan } from './remedy.ts';
import { Residue } from './residue.ts';
import type { Text } from './text.ts';
import { TextSchema } from './text-schema.ts';
import { Journey } from './trace.ts';

/** Version of the run log, of recordings and of `--json`. */
export const RUN_SCHEMA = 'culprit.run/1';

export const STEP_IDS = [
  'discover',
  'connect',
  'before',
  'probe',
  'flow',
  'trace',
  'diagnose',
  'after',
  'trial',
  'fix',
  'undo',
] as const;
export const StepId = z.enum(STEP_IDS);

export type StepId = z.infer<typeof StepId>;

/** Why a fact could not be had. */
export const FactReason = z.enum([
  'tool-missing',
  'no-root',
  'timeout',
  'failed',
  'unreadable',
  'does-not-apply',
]);
export type FactReason = z.infer<typeof FactReason>;

const base = {
  /** Milliseconds since the run began. */
  t: z.number(),
};

/** One entry of a run's log. A run is nothing but a list of these. */
export const RunEvent = z.discriminatedUnion('type', [
  z.strictObject({
    ...base,
    type: z.literal('started'),
    schema: z.literal(RUN_SCHEMA),
    culprit: z.string(),
    /** ISO 8601, UTC. */
    at: z.string(),
    machine: z.strictObject({ kind: z.string(), id: z.string(), name: z.string() }),
    targets: z.array(z.string()),
    /** What hurts, as the person said it before. */
    focus: Focus.optional(),
    /** What was ordered beside looking. */
    remedy: RemedyKind.optional(),
    /** The fix that was ordered, or the run whose fix was to be taken back. */
    which: z.string().max(200).optional(),
  }),
  /** What is so and may bear on the run, and is no cause: in VirtualBox, on this computer, or in the guest. */
  z.strictObject({
    ...base,
    type: z.literal('remark'),
    code: z.string(),
    says: TextSchema,
    /** What to do about it. */
    next: TextSchema,
    /** Where it is known from. */
    source: z.string().optional(),
  }),
  z.strictObject({ ...base, type: z.literal('step-began'), step: StepId }),
  z.strictObject({ ...base, type: z.literal('step-ended'), step: StepId, ms: z.number() }),
  z.strictObject({
    ...base,
    type: z.literal('command'),
    id: z.string(),
    /** Why it was asked. */
    purpose: TextSchema,
    script: z.string(),
    asRoot: z.boolean(),
  }),
  z.strictObject({
    ...base,
    type: z.literal('answer'),
    id: z.string(),
    code: z.number(),
    stdout: z.string(),
    stderr: z.string(),
    timedOut: z.boolean(),
    truncated: z.boolean(),
    refused: z.string().optional(),
    ms: z.number(),
  }),
  z.strictObject({
    ...base,
    type: z.literal('fact'),
    probe: z.string(),
    commandId: z.string(),
    ok: z.boolean(),
    /** When not ok. */
    reason: FactReason.optional(),
    detail: TextSchema.optional(),
    /** One line for people, when ok. */
    summary: TextSchema.optional(),
  }),
  z.strictObject({ ...base, type: z.literal('flow'), flow: FlowResult }),
  z.strictObject({
    ...base,
    type: z.literal('tracer'),
    /** The backend that was chosen, or null when none could run. */
    backend: z.string().nullable(),
    whyNot: z.array(z.strictObject({ backend: z.string(), why: TextSchema })),
  }),
  z.strictObject({ ...base, type: z.literal('journey'), journey: Journey }),
  /** A rule of ours that broke, or could not tell: never silently dropped. */
  z.strictObject({
    ...base,
    type: z.literal('rule-note'),
    rule: z.string(),
    outcome: z.enum(['cannot-tell', 'rule-broke']),
    says: TextSchema,
  }),
  z.strictObject({ ...base, type: z.literal('cause'), cause: Cause }),
  z.strictObject({ ...base, type: z.literal('guest'), facts: z.record(z.string(), z.string()) }),
  z.strictObject({ ...base, type: z.literal('verdict'), verdict: Verdict, says: TextSchema }),
  z.strictObject({ ...base, type: z.literal('residue'), residue: Residue }),
  /** A change of the guest that somebody ordered: what it is, then how it came out. */
  z.strictObject({ ...base, type: z.literal('remedy'), plan: RemedyPlan }),
  /** A fix is made, and is going to stay. */
  z.strictObject({ ...base, type: z.literal('remedy-stands'), change: GuestChange }),
  z.strictObject({ ...base, type: z.literal('remedy-ended'), ...RemedyEnd.shape }),
  z.strictObject({ ...base, type: z.literal('trouble'), code: z.string(), says: TextSchema }),
  z.strictObject({ ...base, type: z.literal('ended'), how: z.enum(['done', 'cancelled', 'failed']) }),
]);
export type RunEvent = z.infer<typeof RunEvent>;

export type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

/** A command of the run with its answer, once it has one. */
export interface CommandRecord {
  id: string;
  purpose: Text;
  script: string;
  asRoot: boolean;
  /** Milliseconds since the run began. */
  t: number;
  answer?: EventOf<'answer'>;
}

export interface FactRecord {
  probe: string;
  commandId: string;
  ok: boolean;
  reason?: FactReason;
  detail?: Text;
  summary?: Text;
}

/** A change of the guest that was ordered: without a plan where none could be made, without an end while it goes on. */
export interface RemedyRecord {
  plan?: RemedyPlan;
  /** What a fix had changed when it was made. */
  stands?: GuestChange;
  end?: RemedyEnd;
}

/** Everything a person sees of a run: a fold over its events. */
export interface Run {
  started?: EventOf<'started'>;
  remarks: EventOf<'remark'>[];
  steps: { id: StepId; began: number; ms?: number }[];
  commands: CommandRecord[];
  facts: FactRecord[];
  flows: FlowResult[];
  tracer?: EventOf<'tracer'>;
  journeys: Journey[];
  notes: EventOf<'rule-note'>[];
  causes: Cause[];
  guest: Record<string, string>;
  verdict?: EventOf<'verdict'>;
  residue?: Residue;
  remedies: RemedyRecord[];
  troubles: EventOf<'trouble'>[];
  ended?: EventOf<'ended'>;
}

/** A run before its first event. */
export function emptyRun(): Run {
  return {
    remarks: [],
    steps: [],
    commands: [],
    facts: [],
    flows: [],
    journeys: [],
    notes: [],
    causes: [],
    guest: {},
    remedies: [],
    troubles: [],
  };
}

/**
 * Folds one event into a run; pure: returns a new run that shares what did not change. Unknown references (an answer
 * whose command was cut off) are ignored, so a log that is broken off still opens.
 */
export function applyEvent(run: Run, event: RunEvent): Run {
  return applyEvents(run, [event]);
}

/** Folds many events at once, each list of the run copied once: a log of 100,000 events opens in no time. Pure. */
export function applyEvents(run: Run, events: readonly RunEvent[]): Run {
  const draft = new Draft(run);
  for (const event of events) draft.apply(event);
  return draft.run;
}

type ListName = { [K in keyof Run]-?: Run[K] extends unknown[] ? K : never }[keyof Run];

/** A run under way to the next: copies a list when it is first written to. */
class Draft {
  readonly run: Run;
  readonly #own = new Set<ListName>();
  constructor(run: Run) {
    this.run = { ...run };
  }

  #list<K extends ListName>(name: K): Run[K] {
    if (!this.#own.has(name)) {
      this.#own.add(name);
      Object.assign(this.run, { [name]: [...this.run[name]] });
    }
    return this.run[name];
  }

  apply(event: RunEvent): void {
    const { run } = this;
    switch (event.type) {
      case 'started':
        run.started = event;
        return;
      case 'remark':
        this.#list('remarks').push(event);
        return;
      case 'step-began':
        this.#list('steps').push({ id: event.step, began: event.t });
        return;
      case 'step-ended':
        replaceLast(
          this.#list('steps'),
          ({ id }) => id === event.step,
          (step) => ({ ...step, ms: event.ms }),
        );
        return;
      case 'command': {
        const { type: _, ...command } = event;
        this.#list('commands').push(command);
        return;
      }
      case 'answer':
        replaceLast(
          this.#list('commands'),
          ({ id }) => id === event.id,
          (command) => ({ ...command, answer: event }),
        );
        return;
      case 'fact': {
        const { type: _, t: __, ...fact } = event;
        this.#list('facts').push(fact as FactRecord);
        return;
      }
      case 'flow': {
        const before = this.run.flows;
        const flows = this.#list('flows');
        const places = placesOf(before, flows);
        const at = places.get(event.flow.id);
        if (at !== undefined) flows[at] = event.flow;
        else places.set(event.flow.id, flows.push(event.flow) - 1);
        return;
      }
      case 'tracer':
        run.tracer = event;
        return;
      case 'journey':
        this.#list('journeys').push(event.journey);
        return;
      case 'rule-note':
        this.#list('notes').push(event);
        return;
      case 'cause':
        this.#list('causes').push(event.cause);
        return;
      case 'guest':
        run.guest = { ...run.guest, ...event.facts };
        return;
      case 'verdict':
        run.verdict = event;
        return;
      case 'residue':
        run.residue = event.residue;
        return;
      case 'remedy':
        this.#list('remedies').push({ plan: event.plan });
        return;
      case 'remedy-stands':
        replaceLast(
          this.#list('remedies'),
          ({ end }) => end === undefined,
          (remedy) => ({ ...remedy, stands: event.change }),
        );
        return;
      case 'remedy-ended':
        this.#remedyEnded(event);
        return;
      case 'trouble':
        this.#list('troubles').push(event);
        return;
      case 'ended':
        run.ended = event;
        return;
    }
  }

  /** A trial that confirms a cause raises its grade. */
  #remedyEnded({ type: _, t: __, ...end }: EventOf<'remedy-ended'>): void {
    const remedies = this.#list('remedies');
    const last = remedies.at(-1);
    const open = last !== undefined && last.end === undefined;
    if (open) remedies[remedies.length - 1] = { ...last, end };
    else remedies.push({ end });
    if (!open || end.outcome !== 'confirmed' || last.plan === undefined) return;
    const causes = this.#list('causes');
    const cause = causes[last.plan.at];
    if (cause) causes[last.plan.at] = { ...cause, grade: 'confirmed' };
  }
}

/** Where each flow of a list stands. Nearly every flow is new, and looking for it in vain takes longer each time. */
const flowPlaces = new WeakMap<readonly FlowResult[], Map<string, number>>();

/** The places in a list of flows; a list that was copied hands its places on to the copy. */
function placesOf(before: readonly FlowResult[], flows: readonly FlowResult[]): Map<string, number> {
  const known = flowPlaces.get(before);
  if (before === flows && known !== undefined) return known;
  flowPlaces.delete(before);
  const places = known ?? new Map(flows.map(({ id }, at) => [id, at]));
  flowPlaces.set(flows, places);
  return places;
}

/** Replaces the last entry that matches; what is looked for is nearly always near the end. */
function replaceLast<T>(list: T[], matches: (entry: T) => boolean, by: (entry: T) => T): void {
  const at = list.findLastIndex(matches);
  const found = list[at];
  if (found !== undefined) list[at] = by(found);
}
