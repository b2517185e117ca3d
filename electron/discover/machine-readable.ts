/** One `key="value"` or `key=value` of VBoxManage's `--machinereadable` output, in the order printed. */
export type Entry = readonly [key: string, value: string];

/**
 * Reads `showvminfo --machinereadable`. Values are read to their closing quote and not to the end of the line: they hold
 * raw newlines. VBoxManage escapes `"` and `\` in some values and not in others, so a quote closes a value only at the
 * end of a line, and in an escaped value only when it is not escaped itself. An entry that is cut off is left out.
 */
export function readEntries(text: string): Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  while (at < text.length) {
    const key = KEY.exec(text.slice(at, at + 400));
    if (!key) {
      at = lineEnd(text, at) + 1;
      continue;
    }
    const start = at + key[0].length;
    const name = (key[1] ?? key[2] ?? '').replace(/=$/, '');
    const end = key[3] === '"' ? closingQuote(text, start, ESCAPED.test(name)) : lineEnd(text, start);
    // No closing quote: the output was cut off here.
    if (end < 0) break;
    const raw = text.slice(start, end);
    entries.push([name, ESCAPED.test(name) && key[3] === '"' ? raw.replace(/\\(["\\])/g, '$1') : raw]);
    at = lineEnd(text, end) + 1;
  }
  return entries;
}

/** `name=`, `"quoted name"=`, then perhaps the value's opening quote. */
const KEY = /^(?:"((?:[^"\\\n]|\\.)*)"|([^"=\n]+))=("?)/;

/** The values in which VBoxManage escapes quotes and backslashes. */
const ESCAPED =
  /^(?:name|groups|ostype|description|CfgFile|SnapFldr|LogFldr|NvramFile|SharedFolder\w*|storagecontrollername\d+)$/;

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

/** The first quote at a line's end that really closes the value. */
function closingQuote(text: string, from: number, escaped: boolean): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    const after = text[at + 1];
    if (after !== undefined && after !== '\n' && after !== '\r' && after !== '@') continue;
    if (escaped && backslashesBefore(text, at, from) % 2 === 1) continue;
    return at;
  }
  return -1;
}

function backslashesBefore(text: string, at: number, from: number): number {
  let count = 0;
  while (at - count > from && text[at - count - 1] === '\\') count += 1;
  return count;
}
