import { z } from 'zod';
import { FileEdit } from './file-edit.ts';
import { TextSchema } from './text-schema.ts';
import { RulePlace } from './trace.ts';

/**
 * How sure Culprit is. `confirmed`: a trial change made the failing flow work and taking it back broke it again;
 * `traced`: a traced packet died at that rule; `inferred`: configuration and flows alone say so.
 */
export const Grade = z.enum(['confirmed', 'traced', 'inferred']);
export type Grade = z.infer<typeof Grade>;

/** Who put the rule or setting there, as far as can be told. */
export const Owner = z.enum([
  'firewalld',
  'docker',
  'ufw',
  'podman',
  'libvirt',
  'kubernetes',
  'administrator',
  'kernel',
  'virtualbox',
  'unknown',
]);
export type Owner = z.infer<typeof Owner>;

/** Something that can be looked up in the run: a fact, a flow, a journey, a command. */
export const Evidence = z.strictObject({
  kind: z.enum(['fact', 'flow', 'journey', 'command']),
  /** Id of the probe, flow, journey or command. */
  ref: z.string(),
  says: TextSchema,
});
export type Evidence = z.infer<typeof Evidence>;

/** Shell commands for the guest, in order, as root, and those that take them back, the last of them first. */
export const Change = z.strictObject({ commands: z.array(z.string()), undo: z.array(z.string()) });
export type Change = z.infer<typeof Change>;

export const Fix = z.strictObject({
  title: TextSchema,
  /** What a person types; `…` stands for what only they know. */
  ...Change.shape,
  /** What else it does: restarts containers, opens something. */
  warning: TextSchema.optional(),
  /** Containers keep what they were started with: it reaches them when they are restarted, which a person does. */
  containersRestart: z.literal(true).optional(),
  /**
   * `at-once`: Culprit does it when it is asked to. `told`: a person does it, for it stops containers, needs an upgrade, or
   * only they know the rest. So are fixes of runs that were kept before Culprit made any.
   */
  applies: z.enum(['at-once', 'told']).default('told'),
  /** How Culprit does it where that is not `commands` to the letter: files it edits, before the commands. */
  applied: z.strictObject({ edits: z.array(FileEdit), ...Change.shape }).optional(),
  /** The same at run time only, for as long as a trial takes; `itself` where the commands change nothing else. */
  trial: z.union([z.literal('itself'), Change]).optional(),
});
export type Fix = z.infer<typeof Fix>;

export const Cause = z.strictObject({
  id: z.string(),
  title: TextSchema,
  /** What happened, why, in two or three sentences. */
  says: TextSchema,
  grade: Grade,
  owner: Owner.optional(),
  where: RulePlace.optional(),
  evidence: z.array(Evidence),
  fixes: z.array(Fix),
  /** Ids of the failing flows that this explains. */
  explains: z.array(z.string()),
});
export type Cause = z.infer<typeof Cause>;

/** `fixed`: there was a problem, and a fix of this run made all that failed work. */
export const Verdict = z.enum(['healthy', 'problem', 'cannot-tell', 'fixed']);
export type Verdict = z.infer<typeof Verdict>;
