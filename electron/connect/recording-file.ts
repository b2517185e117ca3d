import { open, readFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { same, type Text } from '../../shared/text.ts';
import { Trouble } from '../../shared/trouble.ts';
import { RECORDING_SCHEMA, type Recording, RecordingEntry, RecordingHeader } from './recording.ts';

/** The last line: without it the file was cut off. */
const End = z.strictObject({ end: z.int() });

/** What a gzipped file begins with. */
const GZIP = Buffer.from([0x1f, 0x8b]);
/** More than any run has, and less than fills the memory: a few kB can unpack to gigabytes. Bytes. */
const MAX_UNPACKED = 256 * 1024 * 1024;

/** A recording as text: a line with its head, a line for each entry, a last line with their number. */
export function recordingText({ entries, ...head }: Recording): string {
  return [head, ...entries, { end: entries.length }].map((value) => `${JSON.stringify(value)}\n`).join('');
}

/** Writes a recording; gzipped where the file's name ends in `.gz`. Throws the Trouble `report-unwritable`. */
export async function writeRecording(path: string, recording: Recording): Promise<void> {
  const text = recordingText(recording);
  try {
    const file = await open(path, 'w', 0o600);
    try {
      await file.writeFile(path.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text);
    } finally {
      await file.close();
    }
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Trouble('report-unwritable', { path, detail }, { cause: error });
  }
}

/** Reads a recording, gzipped or not. Throws Troubles `recording-unreadable`, `recording-cut-off`, `recording-other-version`. */
export async function readRecording(path: string): Promise<Recording> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
    if (bytes.subarray(0, GZIP.length).equals(GZIP))
      bytes = gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED });
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? String(error);
    if (detail === 'Z_BUF_ERROR') throw new Trouble('recording-cut-off', { path }, { cause: error });
    throw new Trouble('recording-unreadable', { path, detail }, { cause: error });
  }
  return parseRecording(bytes.toString('utf8'), path);
}

/** Reads a recording from its text; `path` is only for the Troubles. */
export function parseRecording(text: string, path: string): Recording {
  const lines = text.split('\n');
  const head = parseHead(lines[0] ?? '', path);
  if (text.at(-1) !== '\n') throw new Trouble('recording-cut-off', { path });
  const values = lines.slice(1, -1).map((line, at) => parseLine(line, path, at + 2));
  const end = End.safeParse(values.at(-1));
  if (!end.success) throw new Trouble('recording-cut-off', { path });
  if (end.data.end !== values.length - 1) {
    throw new Trouble('recording-unreadable', {
      path,
      detail: {
        en: `${values.length - 1} of ${end.data.end} entries`,
        'zh-CN': `应有 ${end.data.end} 条记录，实有 ${values.length - 1} 条`,
      },
    });
  }
  const entries = values.slice(0, -1).map((value, at) => {
    const entry = RecordingEntry.safeParse(value);
    if (entry.success) return entry.data;
    throw new Trouble('recording-unreadable', {
      path,
      detail: inLine(at + 2, same(z.prettifyError(entry.error))),
    });
  });
  return { ...head, entries };
}

function inLine(number: number, { en, 'zh-CN': zh }: Text): Text {
  return { en: `line ${number}: ${en}`, 'zh-CN': `第 ${number} 行：${zh}` };
}

function parseHead(line: string, path: string): RecordingHeader {
  const value = parseLine(line, path, 1);
  const schema = z.looseObject({ schema: z.string() }).safeParse(value);
  if (schema.success && schema.data.schema !== RECORDING_SCHEMA && /^culprit\./.test(schema.data.schema)) {
    throw new Trouble('recording-other-version', {
      path,
      found: schema.data.schema,
      wanted: RECORDING_SCHEMA,
    });
  }
  const head = RecordingHeader.safeParse(value);
  if (head.success) return head.data;
  throw new Trouble('recording-unreadable', {
    path,
    detail: { en: 'it is no recording', 'zh-CN': '不是录制文件' },
  });
}

function parseLine(line: string, path: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new Trouble(
      'recording-unreadable',
      { path, detail: inLine(number, { en: 'not JSON', 'zh-CN': '不是 JSON' }) },
      { cause: error },
    );
  }
}
