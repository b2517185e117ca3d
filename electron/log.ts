import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { visible } from '../shared/visible.ts';

/** Bytes after which the file becomes the old one; there is one old one. */
const FULL = 1_000_000;

/**
 * A log file to which lines are added with their time. Never throws: what can't be written is not worth breaking for.
 * Written at once, because the line that explains a crash is the last one.
 */
export function openLog(file: string): (line: string) => void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > FULL) renameSync(file, `${file}.old`);
  } catch {
    // The first line will fail as well.
  }
  return (line) => {
    try {
      appendFileSync(file, `${new Date().toISOString()} ${visible(line)}\n`, { mode: 0o600 });
    } catch {
      // A full disk or a folder that is not ours: nobody is there to be told.
    }
  };
}

/** What an unknown thing that was thrown says, with the stack where there is one. */
export function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
}
