import type { z } from 'zod';
import { same, type Text } from '../../../shared/text.ts';
import type { Answer } from '../../connect/guest.ts';
import { NoFact } from '../probe.ts';

/** The shell's way of saying that a command does not exist; our scripts use it for the same. */
export const NOT_FOUND = 127;

/** Throws `tool-missing` when the script said (exit 127) that `tool` is not there. */
export function needTool(answer: Answer, tool: string): void {
  if (answer.code === NOT_FOUND) throw notInstalled(tool);
}

/** There is no fact, for the VM does not have `tool`. */
export function notInstalled(tool: string): NoFact {
  return new NoFact('tool-missing', {
    en: `${tool} is not installed in the VM`,
    'zh-CN': `虚拟机中没有安装 ${tool}`,
  });
}

/** For when `tool` ended without a word. */
export function printedNothing(tool: string): Text {
  return { en: `${tool} printed nothing`, 'zh-CN': `${tool} 没有任何输出` };
}

/** For when `what` ended with an exit code that is all it told. */
export function endedWith({ code }: Answer, what: string): Text {
  return { en: `${what} ended with ${code}`, 'zh-CN': `${what} 退出，退出码 ${code}` };
}

/** What the guest complained of, in its own words; `otherwise` when it was silent. */
export function complaint({ stderr }: Answer, otherwise: Text): Text {
  const words = oneLine(stderr);
  return words === '' ? otherwise : same(words);
}

/**
 * Cuts what a script printed at its `@@name` lines. What stands before the first is under ''. A name that comes twice
 * keeps its first text, so that a guest's file that contains such a line cannot replace a later section that came before.
 */
export function sections(stdout: string): Map<string, string> {
  const found = new Map<string, string>();
  let at = 0;
  let name = '';
  const keep = (end: number) => {
    if (!found.has(name)) found.set(name, stdout.slice(at, end));
  };
  for (const mark of stdout.matchAll(/^@@([a-z][\w .:@/-]{0,80})\n/gm)) {
    keep(mark.index);
    name = mark[1] ?? '';
    at = mark.index + mark[0].length;
  }
  keep(stdout.length);
  return found;
}

/** Non-empty lines. */
export function lines(text: string | undefined): string[] {
  return (text ?? '').split('\n').filter((line) => line.trim() !== '');
}

/** Parses JSON that a program of the guest printed and checks it. Throws `unreadable`, with `what` in the detail. */
export function readJson<T>(text: string, schema: z.ZodType<T>, what: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new NoFact(
      'unreadable',
      same(`${what}: ${error instanceof Error ? error.message : String(error)}`),
    );
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new NoFact('unreadable', same(`${what}: ${issue?.path.join('.')}: ${issue?.message}`));
}

/** One line of at most `max` characters without control characters: for details and names that a guest chose. */
export function oneLine(text: string, max = 300): string {
  const clean = text
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '')
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return clean.trim().length > max ? `${clean.trim().slice(0, max)}…` : clean.trim();
}
