import { isAscii } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { Trouble } from '../../shared/trouble.ts';
import { type TraceLog, TraceLogReader } from './log.ts';

/** Bytes that are read at a time. */
const PIECE = 64 * 1024;
/** Bytes that a line without end may gather before it counts as one. */
const LONGEST = 1024 * 1024;
const NEWLINE = 10;
const RETURN = 13;

/** Reads a tracer's text from a stream, a piece at a time; nothing of it is kept but its journeys. */
export async function readTraceLog(pieces: AsyncIterable<Buffer | string>): Promise<TraceLog> {
  const reader = new TraceLogReader();
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    const text = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const lines = text.lastIndexOf(NEWLINE) + 1;
    const end = text.length - lines > LONGEST ? text.length : lines;
    readLines(decoded(text.subarray(0, end)), reader);
    rest = text.subarray(end);
  }
  readLines(decoded(rest), reader);
  return reader.end();
}

/** Nearly all of these texts are ASCII, and that is decoded several times as fast; a name that is not comes out right, too. */
function decoded(bytes: Buffer): string {
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}

function readLines(text: string, reader: TraceLogReader): void {
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    reader.line(text.slice(from, text.charCodeAt(end - 1) === RETURN ? end - 1 : end));
    from = end + 1;
  }
}

/** Reads a tracer's text from a file, until the signal ends it. Throws Trouble `log-unreadable`. */
export async function readTraceLogFile(path: string, signal?: AbortSignal): Promise<TraceLog> {
  try {
    return await readTraceLog(createReadStream(path, { highWaterMark: PIECE, signal }));
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code;
    if (detail === undefined) throw error;
    throw new Trouble('log-unreadable', { path, detail }, { cause: error });
  }
}
