import { z } from 'zod';
import { Change } from './cause.ts';
import { Outcome } from './flow.ts';
import { ResidueReason } from './residue.ts';
import { TextSchema } from './text-schema.ts';

/** `trial`: made for a minute and taken back, to confirm a cause. `fix`: meant to stay. `undo`: takes a fix of another run back. */
export const RemedyKind = z.enum(['trial', 'fix', 'undo']);
export type RemedyKind = z.infer<typeof RemedyKind>;

/** What a person orders: a trial of the root cause, or a fix, by the id of its cause and its number among its fixes from 1. */
export const RemedyOrder = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trial') }),
  z.strictObject({ kind: z.literal('fix'), id: z.string().min(1).max(200) }),
]);
export type RemedyOrder = z.infer<typeof RemedyOrder>;

/** A file of the guest, before and after; null where it is not there. */
export const FileChange = z.strictObject({
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type FileChange = z.infer<typeof FileChange>;

/** What is going to be done in the guest, exactly: what a person says yes to. */
export const RemedyPlan = z.strictObject({
  kind: RemedyKind,
  /** Id of the cause, and its place among the causes of the run. */
  cause: z.string(),
  at: z.number().int(),
  title: TextSchema,
  warning: TextSchema.optional(),
  /** It reaches containers when they are restarted. */
  containersRestart: z.literal(true).optional(),
  /** Changed before the commands run; a backup stands beside each. */
  files: z.array(FileChange),
  ...Change.shape,
  /** Ids of the flows that are tried to see whether it helps. */
  flows: z.array(z.string()),
  /** Of an undo: the run whose fix it takes back. */
  of: z.string().optional(),
});
export type RemedyPlan = z.infer<typeof RemedyPlan>;

export const RemedyOutcome = z.enum([
  /** Nobody said yes; nothing was changed. */
  'declined',
  /** It can't be done here, or no longer fits the guest; nothing was changed. */
  'impossible',
  /** Something failed, and what was done before it was taken back. */
  'rolled-back',
  /** Something failed, and not all that was done could be taken back. */
  'half-done',
  /** A trial: the flows worked with it and failed again without it. */
  'confirmed',
  'not-confirmed',
  /** A fix: the flows that failed work. */
  'fixed',
  'not-fixed',
  /** A fix that no flow can tell about. */
  'made',
  'undone',
]);
export type RemedyOutcome = z.infer<typeof RemedyOutcome>;

/** How one flow fared. */
export const FlowChange = z.strictObject({
  id: z.string(),
  before: Outcome,
  /** Of a trial: while the change stood. */
  during: Outcome.optional(),
  after: Outcome,
});
export type FlowChange = z.infer<typeof FlowChange>;

/** What is different in the guest: lines of its state that went (`-`) or came (`+`). */
export const GuestChange = z.strictObject({
  checked: z.boolean(),
  reason: ResidueReason.optional(),
  lines: z.array(z.string()),
  /** How often each of them stands there now. */
  counts: z.array(z.number().int()),
});
export type GuestChange = z.infer<typeof GuestChange>;

/** How it came out. */
export const RemedyEnd = z.strictObject({
  outcome: RemedyOutcome,
  says: TextSchema,
  flows: z.array(FlowChange),
  /** From before it to after it: of a trial and an undo, what was not put back. */
  change: GuestChange.optional(),
});
export type RemedyEnd = z.infer<typeof RemedyEnd>;

/** What a fix is ordered by: its cause, and its number among the fixes of that cause, from 1. */
export function fixId(cause: string, number: number): string {
  return `${cause}/${number}`;
}
