import { createInterface } from 'node:readline/promises';
import { lineDiff } from '../../shared/line-diff.ts';
import type { RemedyPlan } from '../../shared/remedy.ts';
import type { Lang } from '../../shared/text.ts';
import { Trouble } from '../../shared/trouble.ts';
import type { Consent } from '../remedy.ts';
import type { Io } from './io.ts';
import { CLI_PHRASES } from './phrases.ts';
import type { Progress } from './progress.ts';
import { safeLine } from './terminal.ts';

const YES = /^\s*(?:y|yes|是|好)\s*$/i;

/** What will be done, exactly, a line each. */
export function planLines(
  { kind, title, warning, files, commands, undo, flows }: RemedyPlan,
  lang: Lang,
): string[] {
  const say = CLI_PHRASES[lang];
  const shown = (list: readonly string[]) => list.map((command) => `  ${safeLine(command)}`);
  return [
    safeLine(say.plan[kind](title[lang])),
    ...(warning ? [safeLine(say.careful(warning[lang]))] : []),
    ...files.flatMap(({ path, before, after }) => [
      safeLine(say.fileChanges(path)),
      ...lineDiff(before, after).map(({ mark, text }) => `  ${mark} ${safeLine(text)}`),
    ]),
    ...(commands.length > 0 ? [say.willRun, ...shown(commands)] : []),
    ...(kind === 'undo' ? [] : [kind === 'trial' ? say.willTakeBack : say.undo]),
    ...(kind === 'undo' ? [] : shown(undo)),
    ...(kind !== 'undo' && files.length > 0 ? [say.filesBack] : []),
    ...(flows.length > 0 ? [say.willTry(flows.length)] : []),
  ];
}

/** Shows the plan and asks on the terminal; with `yes` it only shows it. */
export function consentOn(
  io: Io,
  { yes, lang }: { yes: boolean; lang: Lang },
  progress: Progress,
  signal: AbortSignal,
): Consent {
  return async (plan) => {
    const release = progress.hold();
    try {
      io.stderr.write(`\n${planLines(plan, lang).join('\n')}\n`);
      if (yes) return true;
      return await asked(io, CLI_PHRASES[lang].mayI, signal);
    } finally {
      release();
    }
  };
}

async function asked(io: Io, question: string, signal: AbortSignal): Promise<boolean> {
  // Not in raw mode: Ctrl-C stays the signal that cancels the run
  const reader = createInterface({ input: io.stdin, terminal: false });
  try {
    io.stderr.write(question);
    return YES.test(await reader.question('', { signal }));
  } catch (error) {
    if (signal.aborted) throw new Trouble('cancelled', {}, { cause: error });
    throw error;
  } finally {
    reader.close();
  }
}
