import type { Answer } from '../../connect/guest.ts';
import { NoFact } from '../probe.ts';
import { complaint, endedWith, sections } from './answer.ts';

/** What `grep -H ''` printed: each file's lines. Files that could not be read are missing. */
export type Files = Map<string, string[]>;

/** Reads `path:line` lines; a path has no colon. */
export function readFiles(text: string | undefined): Files {
  const files: Files = new Map();
  for (const found of (text ?? '').matchAll(/^(\/[^:\n]*):(.*)$/gm)) {
    const path = found[1] ?? '';
    const known = files.get(path);
    if (known) known.push(found[2] ?? '');
    else files.set(path, [found[2] ?? '']);
  }
  return files;
}

/** The sections and files of HOST_COMMAND. Throws `failed` when it printed nothing. */
export function readHost(answer: Answer): { parts: Map<string, string>; files: Files } {
  const parts = sections(answer.stdout);
  const files = readFiles(parts.get('files'));
  if (files.size === 0) throw new NoFact('failed', complaint(answer, endedWith(answer, 'sh')));
  return { parts, files };
}

/** First line of a file, or null. */
export function firstLine(files: Files, path: string): string | null {
  return files.get(path)?.[0] ?? null;
}

/** A number in a file, or null. */
export function numberIn(files: Files, path: string): number | null {
  const text = files.get(path)?.[0]?.trim();
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : null;
}

/** `KEY=value` of a shell-like file, without its quotes. Later lines win. */
export function setting(files: Files, path: string, key: string): string | null {
  let value: string | null = null;
  for (const line of files.get(path) ?? []) {
    const found = /^\s*(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(.*?))\s*$/.exec(line);
    if (found?.[1] === key) value = found[2] ?? found[3] ?? found[4] ?? '';
  }
  return value;
}
