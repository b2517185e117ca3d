import { z } from 'zod';

/** A change of one text file in the guest. */
export const FileEdit = z.discriminatedUnion('how', [
  /** Of a JSON object; a file that is not there counts as an empty one. */
  z.strictObject({ how: z.literal('set-key'), path: z.string(), key: z.string(), value: z.json() }),
  z.strictObject({ how: z.literal('remove-key'), path: z.string(), key: z.string() }),
  /** A line at the end. */
  z.strictObject({ how: z.literal('append'), path: z.string(), line: z.string() }),
  /** Every line that begins so becomes that line, once. */
  z.strictObject({ how: z.literal('replace'), path: z.string(), begins: z.string(), line: z.string() }),
]);
export type FileEdit = z.infer<typeof FileEdit>;

/** A file's text after an edit; null stands for a file that is not there. Undefined where it can't be edited so. */
export function edited(text: string | null, edit: FileEdit): string | undefined {
  switch (edit.how) {
    case 'append':
      return `${ended(text ?? '')}${edit.line}\n`;
    case 'replace':
      return replaced(text ?? '', edit.begins, edit.line);
    default:
      return editedJson(text ?? '{}', edit);
  }
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function replaced(text: string, begins: string, line: string): string | undefined {
  const lines = ended(text).split('\n');
  const first = lines.findIndex((one) => one.startsWith(begins));
  if (first === -1) return undefined;
  return lines.flatMap((one, at) => (at === first ? [line] : one.startsWith(begins) ? [] : [one])).join('\n');
}

function editedJson(
  text: string,
  edit: Extract<FileEdit, { how: 'set-key' | 'remove-key' }>,
): string | undefined {
  const object = jsonObject(text);
  if (object === undefined) return undefined;
  if (edit.how === 'set-key') object.set(edit.key, edit.value);
  else if (!object.delete(edit.key)) return undefined;
  // As it was indented before; an empty object tells nothing
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  return `${JSON.stringify(Object.fromEntries(object), null, indent)}\n`;
}

function jsonObject(text: string): Map<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? new Map(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}
