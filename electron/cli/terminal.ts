import { styleText } from 'node:util';
import stripAnsi from 'strip-ansi';
import { visible, visibleLine } from '../../shared/visible.ts';

/** A place to print to: a terminal, a pipe, a file. */
export interface Out {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

/** The few colours in use. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Gives text a colour, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Colours for a terminal that wants them: not in a pipe, not with NO_COLOR, not where TERM says there are none. */
export function painter(out: Out, env: NodeJS.ProcessEnv): Paint {
  const colours = out.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  // Node would judge by the process's own stdout; `out` may be another stream.
  return colours ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}

/** May lines be rewritten here? Build servers pretend to be terminals and keep every rewritten line. */
export function isLive(out: Out, env: NodeJS.ProcessEnv): boolean {
  return (
    out.isTTY === true && env.TERM !== 'dumb' && (env.CI === undefined || env.CI === '' || env.CI === 'false')
  );
}

/** Text of untrusted origin for the terminal: without ANSI sequences, with what else would act or hide spelled out. */
export function safe(text: string): string {
  return visible(stripAnsi(text));
}

/** The same on one line. */
export function safeLine(text: string): string {
  return visibleLine(stripAnsi(text));
}
