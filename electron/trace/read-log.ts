import { isAscii } from 'node:buffer';
import { open } from 'node:fs/promises';
import { Trouble } from '../../shared/trouble.ts';
import { type TraceLog, TraceLogReader } from './log.ts';

/** Bytes that are read at a time. */
const PIECE = 256 * 1024;
/** Bytes that a line without end may gather before it counts as one. */
const LONGEST = 1024 * 1024;
const NEWLINE = 10;
const RETURN = 13;
const NOTHING = Buffer.alloc(0);

/** Reads a tracer's text from a stream, a piece at a time; nothing of it is kept but its journeys. */
export async function readTraceLog(pieces: AsyncIterable<Buffer | string>): Promise<TraceLog> {
  const reader = new TraceLogReader();
  let rest = NOTHING;
  for await (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    const first = bytes.indexOf(NEWLINE) + 1;
    if (first > 0) {
      // only the line that began in the piece before has to be put together
      if (rest.length > 0) readLines(Buffer.concat([rest, bytes.subarray(0, first)]), reader);
      const last = bytes.lastIndexOf(NEWLINE) + 1;
      readLines(bytes.subarray(rest.length > 0 ? first : 0, last), reader);
      rest = Buffer.from(bytes.subarray(last));
    } else rest = Buffer.concat([rest, bytes]);
    if (rest.length > LONGEST) {
      readLines(rest, reader);
      rest = NOTHING;
    }
  }
  readLines(rest, reader);
  return reader.end();
}

/** Nearly all of these texts are ASCII, and that is decoded several times as fast; a name that is not comes out right, too. */
function decoded(bytes: Buffer): string {
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}

function readLines(bytes: Buffer, reader: TraceLogReader): void {
  const text = decoded(bytes);
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    reader.line(text.slice(from, text.charCodeAt(end - 1) === RETURN ? end - 1 : end));
    from = end + 1;
  }
}

/** A file's bytes, in two pieces of memory by turns, so that one is filled while the other is read: each holds until the next is asked for. */
async function* piecesOf(path: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const file = await open(path);
  const [one, two] = [Buffer.allocUnsafe(PIECE), Buffer.allocUnsafe(PIECE)];
  let next = file.read(one, 0, PIECE);
  try {
    for (;;) {
      const { bytesRead, buffer } = await unlessAborted(next, signal);
      if (bytesRead === 0) return;
      next = file.read(buffer === one ? two : one, 0, PIECE);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    // nobody can call back a read that waits, as a pipe's: the file is closed behind it
    const closed = next
      .then(
        () => file.close(),
        () => file.close(),
      )
      .catch(() => undefined);
    if (!signal?.aborted) await closed;
  }
}

/** What a promise gives, or Trouble `cancelled` as soon as the signal aborts. */
function unlessAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Trouble('cancelled'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Reads a tracer's text from a file, until the signal ends it. Throws Trouble `log-unreadable`, `cancelled`. */
export async function readTraceLogFile(path: string, signal?: AbortSignal): Promise<TraceLog> {
  try {
    return await readTraceLog(piecesOf(path, signal));
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code;
    if (error instanceof Trouble || detail === undefined) throw error;
    throw new Trouble('log-unreadable', { path, detail }, { cause: error });
  }
}
