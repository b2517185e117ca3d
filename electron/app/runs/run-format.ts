import { z } from 'zod';
import { Focus } from '../../../shared/app-state.ts';
import { Grade, Owner, Verdict } from '../../../shared/cause.ts';
import { TextSchema } from '../../../shared/text-schema.ts';

/** A run's file: a header, then an event a line as it happens, and when the run is over a trailer that sums it up. */
export const RUN_FILE_SCHEMA = 'culprit.run-file/1';

/** The first line. */
export const RunHeader = z.looseObject({
  schema: z.literal(RUN_FILE_SCHEMA),
  machine: z.string().max(60),
  name: z.string().max(300),
  /** ISO 8601, UTC. */
  at: z.string().max(40),
  focus: Focus,
});
export type RunHeader = z.infer<typeof RunHeader>;

/** What the list shows of a run that is over. */
export const RunSummary = z.strictObject({
  state: z.enum(['done', 'cancelled', 'failed']),
  verdict: Verdict.optional(),
  says: TextSchema.optional(),
  grade: Grade.optional(),
  owner: Owner.optional(),
  ms: z.number().optional(),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** The last line: with it the list needs to read nothing between. */
export const RunTrailer = z.strictObject({ summary: RunSummary });
