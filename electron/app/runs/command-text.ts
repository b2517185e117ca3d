import type { CommandRecord } from '../../../shared/run.ts';
import { quote } from '../../connect/quote.ts';

/** A command of a run as a person would run it by hand, in any shell: a script of several lines stays one word. */
export function commandText({ script, asRoot }: Pick<CommandRecord, 'script' | 'asRoot'>): string {
  const text = script.trim();
  if (asRoot) return `sudo sh -c ${quote(text)}`;
  return text.includes('\n') ? `sh -c ${quote(text)}` : text;
}

/** Keys that a terminal would obey: what stands in a script must arrive as text, so these are spelled out. */
const KEYS = /(?!\n)\p{Cc}/u;

/** The same, to be typed into a shell: no character in it acts, and none but the person's Enter runs it. */
export function typedText(command: Pick<CommandRecord, 'script' | 'asRoot'>): string {
  const { script, asRoot } = command;
  if (!KEYS.test(script) && !(script.trim().includes('\n') && script.includes("'")))
    return commandText(command);
  const spelled = [...script.trim()]
    .map((char) => (char === '\\' ? '\\\\' : KEYS.test(char) ? octal(char) : char))
    .join('');
  const run = asRoot ? 'sudo sh -c' : 'sh -c';
  return `${run} "$(printf '%b' ${quote(spelled.replaceAll('\n', '\\n'))})"`;
}

function octal(char: string): string {
  return [...Buffer.from(char, 'utf8')].map((byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('');
}
