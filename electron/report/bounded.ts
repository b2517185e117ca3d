import type { Phrases } from './phrases.ts';

/** Characters of one command's output that a report keeps: most from its start, some from its end. */
const HEAD = 6000;
const TAIL = 2000;

/** Output short enough for a report; says in its middle how much was left out. Cuts at line ends where there are any. */
export function bounded(output: string, say: Phrases): string {
  if (output.length <= HEAD + TAIL) return output;
  const headEnd = output.lastIndexOf('\n', HEAD);
  const head = output.slice(0, headEnd > 0 ? headEnd : HEAD);
  const tailStart = output.indexOf('\n', output.length - TAIL);
  const tail = output.slice(
    tailStart >= 0 && tailStart < output.length - 1 ? tailStart + 1 : output.length - TAIL,
  );
  const gone = output.slice(head.length, output.length - tail.length).replace(/^\n|\n$/g, '');
  return `${head}\n${say.leftOut(gone.length, gone.split('\n').length)}\n${tail}`;
}
