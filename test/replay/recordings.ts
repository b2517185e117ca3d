import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode } from '../../electron/cli/exit-code.ts';
import type { Recording } from '../../electron/connect/recording.ts';
import { readRecording } from '../../electron/connect/recording-file.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import { doorToRecording } from '../../electron/door/recording-door.ts';
import { observe } from '../../electron/observe.ts';
import { diagnose } from '../../electron/run.ts';
import { LoggedGuest, RunLog } from '../../electron/run-log.ts';
import type { Run } from '../../shared/run.ts';
import type { Text } from '../../shared/text.ts';
import { Trouble } from '../../shared/trouble.ts';
import { troubleText } from '../../shared/trouble-text.ts';
import { AMENDMENTS, type Amendment, amended } from './amendments.ts';

/** The suite whose recordings rules are tested on. */
export const MAIN_SUITE = 'bookworm';
const ENDING = '.recording.gz';
/** Of a command that the recording does not know. */
const LACKS = 'recording-lacks-command';
const FOLDER = join(import.meta.dirname, '../recordings');

/** Where the recorded diagnosis of a fault is, and what it has to say. */
export function recordingPaths(fault: string, suite = MAIN_SUITE): { recording: string; words: string } {
  const path = join(FOLDER, suite, fault);
  return { recording: `${path}${ENDING}`, words: `${path}.json` };
}

/** The suites and faults that are recorded. */
export function recordedFaults(): { suite: string; fault: string }[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: suite }) =>
      readdirSync(join(FOLDER, suite))
        .filter((file) => file.endsWith(ENDING))
        .map((file) => ({ suite, fault: file.slice(0, -ENDING.length) })),
    );
}

/** A recorded diagnosis, asked as Culprit asks today. */
export async function readRecorded(
  fault: string,
  suite?: string,
  amendments: readonly Amendment[] = AMENDMENTS,
): Promise<Recording> {
  return amended(await readRecording(recordingPaths(fault, suite).recording), amendments);
}

/** Diagnoses a recorded machine as `--recording` does. */
export function replayed(recording: Recording, name: string): Promise<Run> {
  return diagnose(doorToRecording(recording, name), () => undefined, new AbortController().signal);
}

/** What rules got to look at when this was recorded. Throws an Error that says how to record anew where it has to be. */
export async function sceneOf(recording: Recording, name: string): Promise<Scene> {
  const door = doorToRecording(recording, name);
  const { signal } = new AbortController();
  const log = new RunLog(() => undefined);
  try {
    return await observe(new LoggedGuest(await door.connect(signal), log), door, log, signal);
  } catch (error) {
    if (!(error instanceof Trouble) || error.code !== LACKS) throw error;
    throw new Error(stale(name, troubleText(error)), { cause: error });
  }
}

/** Says of a run that asked what its recording does not answer, what that was and what to do; undefined for any other. */
export function staleness({ troubles }: Run, name: string): string | undefined {
  const trouble = troubles.find(({ code }) => code === LACKS);
  return trouble && stale(name, trouble.says);
}

function stale(name: string, { en }: Text): string {
  return (
    `${name}: ${en} Here: npm run bench:faults -- --record --only ${name}; or, where what was changed prints the same ` +
    'as before, say so in test/replay/amendments.ts.'
  );
}

/** What a run comes to, to the word, in both languages: as text whose lines can be compared. */
export function wordsOf(run: Run): string {
  const { verdict, says } = run.verdict ?? {};
  const troubles = run.troubles.map(({ code, says }) => ({ code, says }));
  const words = { exit: exitCode(run), verdict, says, troubles, causes: run.causes };
  return `${JSON.stringify(words, null, 2)}\n`;
}

/** Does this recording answer what is asked today, and lead to the words beside it? */
export async function isCurrent(fault: string, suite: string): Promise<boolean> {
  const { recording, words } = recordingPaths(fault, suite);
  if (!existsSync(recording) || !existsSync(words)) return false;
  try {
    const run = await replayed(await readRecorded(fault, suite), fault);
    return wordsOf(run) === readFileSync(words, 'utf8');
  } catch (error) {
    if (error instanceof Trouble) return false;
    throw error;
  }
}
