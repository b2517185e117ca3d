import type { CommandRecord } from '../../shared/run.ts';
import type { Lang } from '../../shared/text.ts';
import { visible } from '../../shared/visible.ts';
import { placeOfAbridged } from '../run/abridged.ts';

/** Commands that the log shows; the timeline has them all. */
export const MOST_COMMANDS = 400;
/** Lines that are shown of a script and of what it printed, until more are asked for. */
const SCRIPT_LINES = 3;
const OUTPUT_LINES = 10;
/** Characters that are shown even then. */
const MOST_SCRIPT = 60_000;
/** Columns of one line: a file without newlines is not shown whole either. */
const MOST_COLUMNS = 2000;

/** Text of which a part is shown. Nothing in it acts or hides. */
export interface Excerpt {
  text: string;
  /** Lines that are left out; 0: it is whole. */
  more: number;
}

export interface LogEntry {
  id: string;
  purpose: string;
  asRoot: boolean;
  script: Excerpt;
  stdout: Excerpt;
  stderr: Excerpt;
  /** The window has only the beginning of the output: the timeline gets the rest. */
  shortened: boolean;
  /** How it ended; undefined while it runs. */
  end?: { how: 'exit'; code: number; ms: number } | { how: 'refused' | 'timed-out'; ms: number };
}

/** The last commands of a run, and how many came before these. */
export function shownCommands(commands: readonly CommandRecord[]): {
  shown: readonly CommandRecord[];
  before: number;
} {
  const before = Math.max(0, commands.length - MOST_COMMANDS);
  return { shown: commands.slice(before), before };
}

/** A command as the log shows it; `whole`: all lines that the window has. Pure. */
export function logEntry(command: CommandRecord, whole: boolean, lang: Lang): LogEntry {
  const { id, purpose, asRoot, answer } = command;
  const script = command.script.trim().slice(0, MOST_SCRIPT);
  return {
    id,
    purpose: visible(purpose[lang]),
    asRoot,
    script: whole ? excerpt(script, Infinity) : excerpt(withoutPreparation(script), SCRIPT_LINES, script),
    stdout: excerpt(answer?.stdout ?? '', whole ? Infinity : OUTPUT_LINES),
    stderr: excerpt(answer?.stderr ?? '', whole ? Infinity : OUTPUT_LINES),
    shortened: placeOfAbridged(answer) !== undefined,
    ...(answer && { end: endOf(answer) }),
  };
}

function endOf(answer: NonNullable<CommandRecord['answer']>): NonNullable<LogEntry['end']> {
  const { ms, code } = answer;
  if (answer.refused !== undefined) return { how: 'refused', ms };
  return answer.timedOut ? { how: 'timed-out', ms } : { how: 'exit', code, ms };
}

/** The first lines of a text; `all` is the text whose lines count as left out. */
function excerpt(text: string, most: number, all = text): Excerpt {
  const lines = linesOf(text);
  const shown = lines.slice(0, most).map(shortLine);
  return { text: visible(shown.join('\n')), more: linesOf(all).length - shown.length };
}

function linesOf(text: string): string[] {
  const trimmed = text.replace(/[\r\n]+$/, '');
  return trimmed === '' ? [] : trimmed.split('\n');
}

function shortLine(line: string): string {
  return line.length > MOST_COLUMNS ? `${line.slice(0, MOST_COLUMNS)}…` : line;
}

/** Scripts begin by setting their surroundings, all in the same way: not what tells them apart. */
function withoutPreparation(script: string): string {
  return script.replace(/^(?:[ \t]*(?:export [^\n]*)?\n)+(?=[^\n])/, '');
}
