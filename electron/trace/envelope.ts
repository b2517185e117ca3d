/*
 * What a log daemon, or the program that shows its log, put around a line that the kernel or a tracer printed. Each part is
 * tested on what those programs wrote (test/fixtures/trace/daemons). The text is anybody's: every pattern here begins at
 * one place, and takes no longer than the line is long.
 */

const ESCAPE = '\x1b';
/** Colours and the like, for a terminal. */
const TERMINAL = /\x1b\[[\d;?]*[A-Za-z]/g;
/** The same where their first character was spelled: by dmesg and /dev/kmsg, by rsyslog, by busybox. */
const SPELLED_TERMINAL = /(?:\\x1b|#033|\^\[)\[[\d;?]*[A-Za-z]/g;
/** Bytes of names that are not ASCII, as /dev/kmsg has them, and dmesg in the C locale. */
const SPELLED_BYTES = /(?:\\x[0-9a-f]{2})+/g;

/**
 * How a line begins whose text is the value of a field. JSON: a line of it, also as an event (`json-sse`) or behind a record
 * separator (`json-seq`), or a field of a pretty one. Else `export` or `verbose`; what is not text has its length in eight bytes.
 */
const FIELD = /^(?:((?:data: |\x1e)?\{|\t")|(?: {4})?MESSAGE=|[^\0]{0,4}\0{4,7})/;
/** The field with the text, as the journal and syslog-ng call it, templates of rsyslog, Docker, Loki; and where its value begins. */
const JSON_FIELD = /"(?:MESSAGE|message|msg|log|line)" ?: ?(?=["[])/g;
/** Text, or the numbers of its bytes where JSON could not hold it. */
const JSON_VALUE = /"[^"\\]*(?:\\.[^"\\]*)*"|\[[\d,]*\]/y;

const REPEATED = 'message repeated ';
const REPEATED_TEXT = /^\d{1,9} times: \[ ?(.*)\]\s*$/;

/** The line as it was printed, though perhaps with a date and a source in front; of one that was repeated, the line itself. */
export function unwrapped(line: string): string {
  const shown = line.includes(ESCAPE) ? line.replace(TERMINAL, '') : line;
  const [begin = '', json] = FIELD.exec(shown) ?? [];
  const text = json === undefined ? shown.slice(begin.length) : (jsonField(shown) ?? shown);
  const repeated = text.endsWith(']') ? text.indexOf(REPEATED) : -1;
  if (repeated < 0) return text;
  const [, once] = REPEATED_TEXT.exec(text.slice(repeated + REPEATED.length)) ?? [];
  return once === undefined ? text : text.slice(0, repeated) + once;
}

/** Undefined where the line was cut within the text, or there is none. */
function jsonField(line: string): string | undefined {
  JSON_FIELD.lastIndex = 0;
  if (!JSON_FIELD.test(line)) return undefined;
  JSON_VALUE.lastIndex = JSON_FIELD.lastIndex;
  const [value] = JSON_VALUE.exec(line) ?? [];
  if (value === undefined) return undefined;
  try {
    const said: string | number[] = JSON.parse(value);
    const text = typeof said === 'string' ? said : Buffer.from(said).toString('utf8');
    return text.replace(TERMINAL, '').trimEnd();
  } catch {
    return undefined;
  }
}

/** How long the machine runs, in front of what the kernel printed. */
const UPTIME = String.raw`\[ *\d+\.\d+\] ?`;
/** dmesg's, or the journal's `short-monotonic`: uptime, what passed since the line before, or a date in anybody's language. */
const BRACKETS = String.raw`\[(?:[ <+]*\d+\.\d[ <>.\d]*|[^\]]{0,40}\d\d:\d\d(?::\d\d \d{4})?)\] ?`;
const CLOCK = String.raw`\d\d:\d\d:\d\d`;
/** `Nov 26 17:25:42.369291`, `Thu 2026-11-26 17:25:42 UTC`, `2026-11-26T17:25:42+00:00`, `1795713942.369291`. */
const DATE = [
  String.raw`(?:\S{1,12} )?\S{1,12} {1,2}\d{1,2} ${CLOCK}(?:\.\d+)?(?: \d{4})?`,
  String.raw`[A-Z][a-z]{2} \d{4}-\d\d-\d\d ${CLOCK}(?:\.\d+)? \S+`,
  String.raw`\d{4}-\d\d-\d\dT${CLOCK}(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?`,
  String.raw`\d{9,11}\.\d{6}`,
].join('|');
/** Who said it: `kernel: `; `host kernel: `; busybox' `host kern.warn kernel: `; RFC 5424's `host kernel - - - `; ulogd's `host `. */
const SOURCE = [
  'kernel: ?',
  String.raw`\S+ (?:[a-z\d]+\.[a-z]+ )?kernel: ?`,
  String.raw`\S+ kernel \S+ \S+ (?:-|(?:\[(?:[^\]\\]|\\.)*\])+) \ufeff?`,
  String.raw`\S+ `,
].join('|');
const HEAD = new RegExp(
  `^(?:${[
    // a record of /dev/kmsg
    String.raw`\d+,\d+,\d+,[^;\s]*;`,
    // `dmesg --time-format iso`, and `dmesg -x` in front of any other
    String.raw`(?:\w{1,8} *:\w{1,8} *: )?\d{4}-\d\d-\d\dT${CLOCK},\d+[+-]\d\d:\d\d `,
    String.raw`(?:<\d+>|\w{1,8} *:\w{1,8} *: (?=\[))?${BRACKETS}(?:\S+ kernel: ?)?`,
    String.raw`(?:<\d+>(?:1 )?)?(?:${DATE}) (?:${SOURCE})(?:${UPTIME})?`,
    String.raw`<\d+>`,
  ].join('|')})`,
);

/** What stands in front of a LOG line's fields, without what a daemon put before it: the prefix of the rule. */
export function withoutHead(text: string): string {
  return text.replace(HEAD, '').trim();
}

/** A prefix with the characters that it was given, and without colours: what programs could not show they spelled. */
export function spelledOut(prefix: string): string {
  return prefix
    .replace(SPELLED_TERMINAL, '')
    .replace(SPELLED_BYTES, (bytes) => Buffer.from(bytes.replaceAll('\\x', ''), 'hex').toString('utf8'))
    .trim();
}
