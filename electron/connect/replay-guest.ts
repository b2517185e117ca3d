import { Trouble } from '../../shared/trouble.ts';
import type { Answer, Command, Guest, GuestStream, StreamLine } from './guest.ts';
import type { Recording, RecordingEntry } from './recording.ts';

type Entry<K extends RecordingEntry['kind']> = Extract<RecordingEntry, { kind: K }>;

/**
 * A guest that answers from a recording. Each command (script and root) has its answers in the order in which they
 * were given, so commands may be asked in any order, side by side. What nobody recorded is a Trouble
 * `recording-lacks-command`.
 */
export function replayGuest(recording: Recording): Guest {
  const queues = new Map<string, RecordingEntry[]>();
  for (const entry of recording.entries) {
    const key = keyOf(entry.kind, entry);
    const queue = queues.get(key);
    if (queue) queue.push(entry);
    else queues.set(key, [entry]);
  }
  const take = <K extends RecordingEntry['kind']>(kind: K, command: Command): Entry<K> => {
    const entry = queues.get(keyOf(kind, command))?.shift();
    if (entry?.kind === kind) return entry as Entry<K>;
    throw new Trouble('recording-lacks-command', { purpose: command.purpose, script: command.script });
  };
  return {
    label: recording.label,
    root: recording.root,
    exec: async (command, signal) => {
      if (signal?.aborted) throw new Trouble('cancelled');
      return toAnswer(take('exec', command).answer);
    },
    stream: (command, signal) => replayStream(() => take('stream', command), signal),
    close: async () => {},
  };
}

function replayStream(take: () => Entry<'stream'>, signal: AbortSignal | undefined): GuestStream {
  let entry: Entry<'stream'> | undefined;
  let failure: unknown;
  try {
    entry = take();
  } catch (error) {
    failure = error;
  }
  const play = async function* (): AsyncGenerator<StreamLine> {
    if (!entry) throw failure;
    for (const [from, text] of entry.lines) {
      if (signal?.aborted) throw new Trouble('cancelled');
      yield { from: from === 'o' ? 'out' : 'err', text };
    }
    // A monitor never ended by itself: it goes on, silently, until it is stopped.
    if (!entry.answer) await done;
  };
  const done = new Promise<Answer>((resolve, reject) => {
    if (!entry) return reject(failure);
    if (entry.answer) return resolve(toAnswer(entry.answer));
    const stop = () => reject(new Trouble('cancelled'));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
  done.catch(() => {});
  return { lines: play(), write: () => {}, end: () => {}, done };
}

function keyOf(kind: string, { script, asRoot }: { script: string; asRoot?: boolean | undefined }): string {
  return `${kind} ${asRoot === true} ${script}`;
}

function toAnswer({ refused, ...answer }: Entry<'exec'>['answer']): Answer {
  return refused ? { ...answer, refused } : answer;
}
