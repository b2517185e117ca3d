import type { Command, Guest, GuestStream, StreamLine } from './guest.ts';
import { RECORDING_SCHEMA, type Recording, type RecordingEntry } from './recording.ts';

export interface RecordingGuest extends Guest {
  /** What was recorded so far; streams that still run are in it with the lines they had. */
  recording(): Recording;
}

/** Facts that go into the recording's head. */
export interface RecordingFacts {
  /** Version of Culprit. */
  culprit: string;
  machine?: Record<string, unknown>;
}

type StreamEntry = Extract<RecordingEntry, { kind: 'stream' }>;

/** Wraps a guest and keeps everything it was asked and answered. What fails by a Trouble is not kept. */
export function recordingGuest(guest: Guest, facts: RecordingFacts): RecordingGuest {
  const entries: RecordingEntry[] = [];
  return {
    label: guest.label,
    root: guest.root,
    exec: async (command, signal) => {
      const answer = await guest.exec(command, signal);
      entries.push({ kind: 'exec', ...asked(command), answer });
      return answer;
    },
    stream: (command, signal) => {
      const entry: StreamEntry = { kind: 'stream', ...asked(command), lines: [] };
      entries.push(entry);
      return recordStream(guest.stream(command, signal), entry);
    },
    close: () => guest.close(),
    recording: () =>
      structuredClone({
        schema: RECORDING_SCHEMA,
        culprit: facts.culprit,
        label: guest.label,
        root: guest.root,
        machine: facts.machine ?? {},
        entries,
      }),
  };
}

function recordStream(stream: GuestStream, entry: StreamEntry): GuestStream {
  const done = stream.done.then((answer) => {
    entry.answer = answer;
    return answer;
  });
  done.catch(() => {});
  return { lines: recordLines(stream.lines, entry), write: stream.write, end: stream.end, done };
}

async function* recordLines(
  lines: AsyncIterable<StreamLine>,
  entry: StreamEntry,
): AsyncGenerator<StreamLine> {
  for await (const line of lines) {
    entry.lines.push([line.from === 'out' ? 'o' : 'e', line.text]);
    yield line;
  }
}

function asked({ purpose, script, asRoot }: Command) {
  return { purpose: purpose.en, script, asRoot: asRoot === true };
}
