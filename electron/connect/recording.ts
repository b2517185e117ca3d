import { z } from 'zod';
import { NO_ROOT_WHYS } from './guest.ts';

export const RECORDING_SCHEMA = 'culprit.recording/1';

const RecordedAnswer = z.strictObject({
  code: z.number().int(),
  stdout: z.string(),
  stderr: z.string(),
  timedOut: z.boolean(),
  truncated: z.boolean(),
  refused: z.literal('no-root').optional(),
  ms: z.number(),
});

const asked = {
  /** In English: only for who reads the file. */
  purpose: z.string(),
  script: z.string(),
  asRoot: z.boolean(),
};

/** One command with its answer, or one stream with its lines and how it ended. */
export const RecordingEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exec'), ...asked, answer: RecordedAnswer }),
  z.strictObject({
    kind: z.literal('stream'),
    ...asked,
    /** `[from, text]`: `o` stdout, `e` stderr. */
    lines: z.array(z.tuple([z.enum(['o', 'e']), z.string()])),
    /** Absent when the stream was cancelled, as monitors are. */
    answer: RecordedAnswer.optional(),
  }),
]);
export type RecordingEntry = z.infer<typeof RecordingEntry>;

const Root = z.union([
  z.strictObject({ how: z.enum(['login', 'sudo']) }),
  z.strictObject({
    how: z.literal('none'),
    why: z.enum(NO_ROOT_WHYS),
    detail: z.string(),
  }),
]);

export const RecordingHeader = z.strictObject({
  schema: z.literal(RECORDING_SCHEMA),
  /** Version of Culprit that made it. */
  culprit: z.string(),
  label: z.string(),
  root: Root,
  /** What was known about the machine from outside: name, forwards. */
  machine: z.record(z.string(), z.unknown()),
});
export type RecordingHeader = z.infer<typeof RecordingHeader>;

/** Everything that was asked of a guest and what it answered; enough to run a diagnosis again without it. */
export interface Recording extends RecordingHeader {
  entries: RecordingEntry[];
}
