import type { CommandRecord } from '../../../shared/run.ts';
import { quote } from '../../connect/quote.ts';

/** A command of a run as a person would run it by hand, in any shell: a script of several lines stays one word. */
export function commandText({ script, asRoot }: Pick<CommandRecord, 'script' | 'asRoot'>): string {
  const text = script.trim();
  if (asRoot) return `sudo sh -c ${quote(text)}`;
  return text.includes('\n') ? `sh -c ${quote(text)}` : text;
}

/** What a terminal or an interactive shell would obey: keys, Enter among them, and bash's history (`!`). */
const OBEYED = /[\p{Cc}!]/u;

/** The same in one line, to be typed into a shell: no character in it acts, and none but the person's Enter runs it. */
export function typedText(command: Pick<CommandRecord, 'script' | 'asRoot'>): string {
  const script = command.script.trim();
  if (!OBEYED.test(script)) return commandText(command);
  const spelled = [...script]
    .map((char) => (char === '\\' ? '\\\\' : char === '\n' ? '\\n' : OBEYED.test(char) ? octal(char) : char))
    .join('');
  const run = command.asRoot ? 'sudo sh -c' : 'sh -c';
  return `${run} "$(printf '%b' ${quote(spelled)})"`;
}

function octal(char: string): string {
  return [...Buffer.from(char, 'utf8')].map((byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('');
}
