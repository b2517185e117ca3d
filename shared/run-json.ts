import { z } from 'zod';
import { Evidence, Fix, Grade, Owner, Verdict } from './cause.ts';
import { FlowResult } from './flow.ts';
import { lineDiff } from './line-diff.ts';
import { FlowChange, fixId, GuestChange, RemedyKind, RemedyOutcome } from './remedy.ts';
import { Residue } from './residue.ts';
import { RUN_SCHEMA, type Run, StepId } from './run.ts';
import type { Lang } from './text.ts';
import { Journey, RulePlace } from './trace.ts';

const JsonFix = z.strictObject({
  /** What `--fix` takes. */
  id: z.string(),
  applies: Fix.shape.applies,
  title: z.string(),
  commands: Fix.shape.commands,
  undo: Fix.shape.undo,
  warning: z.string().optional(),
});

const JsonCause = z.strictObject({
  id: z.string(),
  title: z.string(),
  says: z.string(),
  grade: Grade,
  owner: Owner.optional(),
  where: RulePlace.optional(),
  evidence: z.array(z.strictObject({ ...Evidence.shape, says: z.string() })),
  fixes: z.array(JsonFix),
  explains: z.array(z.string()),
});

const JsonRemedy = z.strictObject({
  kind: RemedyKind.nullable(),
  cause: z.string().nullable(),
  title: z.string(),
  commands: z.array(z.string()),
  undo: z.array(z.string()),
  /** With the lines that go (`-`) and come (`+`). */
  files: z.array(z.strictObject({ path: z.string(), diff: z.array(z.string()) })),
  of: z.string().nullable(),
  outcome: RemedyOutcome.nullable(),
  says: z.string(),
  flows: z.array(FlowChange),
  change: GuestChange.omit({ counts: true }).nullable(),
});

const JsonJourney = z.strictObject({ ...Journey.shape, gap: z.string().optional() });

/** What `--json` prints: a run in one object, its sentences in one language. `docs/json.md` describes it. */
export const RunJson = z.strictObject({
  schema: z.literal(RUN_SCHEMA),
  verdict: Verdict,
  says: z.string(),
  causes: z.array(JsonCause),
  flows: z.array(FlowResult),
  journeys: z.array(JsonJourney),
  tracer: z
    .strictObject({
      backend: z.string().nullable(),
      whyNot: z.array(z.strictObject({ backend: z.string(), why: z.string() })),
    })
    .nullable(),
  residue: Residue,
  remedies: z.array(JsonRemedy),
  /** Under which it was kept, for `--undo`. */
  run: z.string().nullable(),
  steps: z.array(z.strictObject({ id: StepId, ms: z.number().nullable() })),
  guest: z.record(z.string(), z.string()),
  /** What is so and is no cause: in VirtualBox, on this computer, or in the guest. */
  remarks: z.array(z.strictObject({ code: z.string(), says: z.string(), next: z.string() })),
  notes: z.array(z.string()),
  troubles: z.array(z.strictObject({ code: z.string(), says: z.string() })),
  ended: z.enum(['done', 'cancelled', 'failed']).nullable(),
});
export type RunJson = z.infer<typeof RunJson>;

const NO_RESIDUE: Residue = {
  checked: false,
  reason: 'not-reached',
  rules: [],
  sysctls: [],
  interfaces: [],
  processes: [],
};

function causeJson(cause: Run['causes'][number], lang: Lang): RunJson['causes'][number] {
  return {
    ...cause,
    title: cause.title[lang],
    says: cause.says[lang],
    evidence: cause.evidence.map((e) => ({ ...e, says: e.says[lang] })),
    fixes: cause.fixes.map(({ title, commands, undo, warning, applies }, i) => ({
      id: fixId(cause.id, i + 1),
      applies,
      title: title[lang],
      commands,
      undo,
      ...(warning === undefined ? {} : { warning: warning[lang] }),
    })),
  };
}

function remedyJson({ plan, end }: Run['remedies'][number], lang: Lang): RunJson['remedies'][number] {
  return {
    kind: plan?.kind ?? null,
    cause: plan?.cause ?? null,
    title: plan?.title[lang] ?? '',
    commands: plan?.commands ?? [],
    undo: plan?.undo ?? [],
    files: (plan?.files ?? []).map(({ path, before, after }) => ({
      path,
      diff: lineDiff(before, after).map(({ mark, text }) => `${mark} ${text}`),
    })),
    of: plan?.of ?? null,
    outcome: end?.outcome ?? null,
    says: end?.says[lang] ?? '',
    flows: end?.flows ?? [],
    change: end?.change ? changeJson(end.change) : null,
  };
}

function changeJson({ counts: _, ...change }: GuestChange): Omit<GuestChange, 'counts'> {
  return change;
}

function tracerJson({ backend, whyNot }: NonNullable<Run['tracer']>, lang: Lang): RunJson['tracer'] {
  return { backend, whyNot: whyNot.map(({ backend, why }) => ({ backend, why: why[lang] })) };
}

/** The JSON of a run, whole or cut short: without a verdict of its own it is `cannot-tell`. `kept`: the id under which it was. */
export function runJson(run: Run, lang: Lang, kept?: string): RunJson {
  return {
    schema: RUN_SCHEMA,
    verdict: run.verdict?.verdict ?? 'cannot-tell',
    says: run.verdict?.says[lang] ?? '',
    causes: run.causes.map((cause) => causeJson(cause, lang)),
    flows: run.flows,
    journeys: run.journeys.map(({ gap, ...journey }) => ({ ...journey, ...(gap && { gap: gap[lang] }) })),
    tracer: run.tracer ? tracerJson(run.tracer, lang) : null,
    residue: run.residue ?? NO_RESIDUE,
    remedies: run.remedies.map((remedy) => remedyJson(remedy, lang)),
    run: kept ?? null,
    steps: run.steps.map(({ id, ms }) => ({ id, ms: ms ?? null })),
    guest: run.guest,
    remarks: run.remarks.map(({ code, says, next }) => ({ code, says: says[lang], next: next[lang] })),
    notes: run.notes.map((note) => `${note.rule}: ${note.says[lang]}`),
    troubles: run.troubles.map(({ code, says }) => ({ code, says: says[lang] })),
    ended: run.ended?.how ?? null,
  };
}
