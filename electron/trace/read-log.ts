import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { Trouble } from '../../shared/trouble.ts';
import { type TraceLog, TraceLogReader } from './log.ts';

/** Characters that a line without end may gather before it counts as one. */
const LONGEST = 1_000_000;

/** Reads a tracer's text from a stream, a chunk at a time; nothing of it is kept but its journeys. */
export async function readTraceLog(stream: Readable): Promise<TraceLog> {
  const reader = new TraceLogReader();
  // most of these texts are ASCII; a name that is not comes out right all the same
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream as AsyncIterable<string>) {
    const text = rest + chunk;
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      reader.line(text.slice(from, text[at - 1] === '\r' ? at - 1 : at));
      from = at + 1;
    }
    rest = text.slice(from);
    if (rest.length > LONGEST) {
      reader.line(rest);
      rest = '';
    }
  }
  if (rest !== '') reader.line(rest);
  return reader.end();
}

/** Reads a tracer's text from a file, until the signal ends it. Throws Trouble `log-unreadable`. */
export async function readTraceLogFile(path: string, signal?: AbortSignal): Promise<TraceLog> {
  try {
    return await readTraceLog(createReadStream(path, { highWaterMark: 256 * 1024, signal }));
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code;
    if (detail === undefined) throw error;
    throw new Trouble('log-unreadable', { path, detail }, { cause: error });
  }
}
