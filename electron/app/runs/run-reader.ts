import { isAscii } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { applyEvents, emptyRun, type Run, RunEvent } from '../../../shared/run.ts';
import { Trouble } from '../../../shared/trouble.ts';
import { RunHeader, type RunSummary, RunTrailer } from './run-format.ts';

const CHUNK = 512 * 1024;
const LINE_FEED = 10;
/** Two lines at most are read at a file's ends for the list. */
const HEAD = 4096;
const TAIL = 16 * 1024;
/** A run whose file is longer takes so long to read that its outcome is told before. */
const LONG = 4 * 1024 * 1024;
/** Causes, verdict and proof stand in so much of a file's end. */
const OUTCOME = 256 * 1024;

/** A run's file, folded. Throws Troubles `run-gone` and `run-unreadable`. */
export async function readRun(path: string, id: string): Promise<Run> {
  let run = emptyRun();
  for await (const events of readEvents(path, id)) run = applyEvents(run, events);
  return run;
}

/** What a run came to. */
export const OUTCOME_TYPES: ReadonlySet<RunEvent['type']> = new Set([
  'cause',
  'verdict',
  'residue',
  'trouble',
  'ended',
]);

/** What the two ends of a file say. */
export interface Ends {
  header: RunHeader | undefined;
  /** Absent when the run was broken off, or its end is damaged. */
  summary: RunSummary | undefined;
}

/** Reads a file's ends, and nothing between, however long it is. */
export async function readEnds(path: string): Promise<Ends> {
  const file = await openRun(path);
  try {
    const { size } = await file.stat();
    const head = await part(file, 0, Math.min(HEAD, size));
    const tail = await part(file, Math.max(0, size - TAIL), Math.min(TAIL, size));
    const last = tail.endsWith('\n') ? tail.slice(tail.lastIndexOf('\n', tail.length - 2) + 1) : '';
    return {
      header: RunHeader.safeParse(json(head.slice(0, Math.max(0, head.indexOf('\n'))))).data,
      summary: RunTrailer.safeParse(json(last)).data?.summary,
    };
  } finally {
    await file.close();
  }
}

/**
 * What came of a long run, from the end of its file alone; empty for one that is short or was broken off. Throws
 * Trouble `run-gone`.
 */
export async function readOutcome(path: string, run: string): Promise<RunEvent[]> {
  const file = await openRun(path, run);
  try {
    const { size } = await file.stat();
    if (size < LONG) return [];
    // the first line is cut off, and is none
    const lines = (await part(file, size - OUTCOME, OUTCOME)).split('\n').slice(1);
    const events = lines.flatMap((line) => RunEvent.safeParse(json(line)).data ?? []);
    return events.at(-1)?.type === 'ended' ? events.filter(({ type }) => OUTCOME_TYPES.has(type)) : [];
  } finally {
    await file.close();
  }
}

/**
 * A run's events in lists of some hundred, as far as the file goes: the first line that is none ends it, as a run that
 * was broken off ends. What is a line, but none that this version knows, is passed over. Throws Troubles `run-gone` and
 * `run-unreadable`.
 */
export async function* readEvents(path: string, run: string): AsyncGenerator<RunEvent[]> {
  const file = await openRun(path, run);
  try {
    let header = true;
    for await (const lines of linesOf(file)) {
      const events: RunEvent[] = [];
      for (const line of lines) {
        const value = json(line);
        if (header) {
          if (!RunHeader.safeParse(value).success) throw new Trouble('run-unreadable', { run, path });
          header = false;
          continue;
        }
        if (value === undefined) {
          yield events;
          return;
        }
        const event = RunEvent.safeParse(value);
        if (event.success) events.push(event.data);
      }
      yield events;
    }
    if (header) throw new Trouble('run-unreadable', { run, path });
  } finally {
    await file.close();
  }
}

/** Whole lines of a file, a list for each piece that was read; what follows the last line feed is none. */
async function* linesOf(file: FileHandle): AsyncGenerator<string[]> {
  let rest: Buffer[] = [];
  for (;;) {
    const buffer = Buffer.allocUnsafe(CHUNK);
    const { bytesRead } = await file.read(buffer, 0, CHUNK, null);
    if (bytesRead === 0) return;
    const chunk = buffer.subarray(0, bytesRead);
    const end = chunk.lastIndexOf(LINE_FEED);
    if (end < 0) {
      rest.push(chunk);
      continue;
    }
    const whole = rest.length > 0 ? Buffer.concat([...rest, chunk.subarray(0, end)]) : chunk.subarray(0, end);
    rest = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
    yield split(whole);
  }
}

function split(lines: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at <= lines.length; ) {
    const end = lines.indexOf(LINE_FEED, at);
    const line = lines.subarray(at, end < 0 ? lines.length : end);
    // Nearly all are ASCII, which is decoded several times as fast when it is called Latin-1.
    texts.push(line.toString(isAscii(line) ? 'latin1' : 'utf8'));
    at += line.length + 1;
  }
  return texts;
}

async function openRun(path: string, run = ''): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw new Trouble('run-gone', { run }, { cause: error });
  }
}

async function part(file: FileHandle, from: number, length: number): Promise<string> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, from);
  return buffer.toString('utf8', 0, bytesRead);
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
