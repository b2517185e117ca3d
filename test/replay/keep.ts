import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Recording } from '../../electron/connect/recording.ts';
import { readRecording, recordingText, writeRecording } from '../../electron/connect/recording-file.ts';
import { RunJson, runJson } from '../../shared/run-json.ts';
import { recordingPaths, replayed, staleness, wordsOf } from './recordings.ts';
import { asOfSuite, giveaways, recordedOfSuite } from './scrub.ts';

/** What was recorded: the fault, on which machine, and what was said of it in English. */
export interface Recorded {
  fault: string;
  lab: { suite: string; port: number };
  run: RunJson;
}

/** Keeps a diagnosis that was recorded into `file` in test/recordings/. Throws an Error that says why it can't be kept. */
export async function keepRecording(file: string, recorded: Recorded): Promise<void> {
  const { recording, words } = await scrubbed(await readRecording(file), recorded);
  const paths = recordingPaths(recorded.fault, recorded.lab.suite);
  mkdirSync(dirname(paths.recording), { recursive: true });
  await writeRecording(paths.recording, recording);
  writeFileSync(paths.words, words);
}

/**
 * A recording as it may be kept, and what its replay says: the very words of the run. Throws an Error where it says anything
 * else, or where there is in it what must not leave this computer.
 */
export async function scrubbed(
  made: Recording,
  { fault, lab, run }: Recorded,
): Promise<{ recording: Recording; words: string }> {
  if (made.entries.some(({ answer }) => answer?.stdout.includes('\n@@left ')))
    throw new Error('it is not whole: the guest was too slow to look into all containers');
  const recording = recordedOfSuite(made, lab);
  const again = await replayed(recording, fault);
  const stale = staleness(again, fault);
  if (stale !== undefined) throw new Error(stale);
  const then = asOfSuite(said(run), lab);
  const now = said(RunJson.parse(runJson(again, 'en')));
  if (then !== now) throw new Error(`it replays otherwise: ${difference(then, now)}`);
  const words = wordsOf(again);
  const given = giveaways(recordingText(recording) + words);
  if (given.length > 0) throw new Error(`there is ${given.join(', ')} in it`);
  return { recording, words };
}

function said({ verdict, says, causes }: RunJson): string {
  return JSON.stringify({ verdict, says, causes });
}

/** Where two texts begin to differ, with what stands there in each. */
function difference(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return [one, other].map((text) => `“${text.slice(Math.max(0, at - 40), at + 80)}”`).join(' ↔ ');
}
