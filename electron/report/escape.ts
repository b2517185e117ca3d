import { visible, visibleLine } from '../../shared/visible.ts';

/** Characters that can begin, end or separate something wherever they stand. */
const ANYWHERE = /[\\`*[\]<>|~@#$]/g;

/**
 * Plain text as Markdown that renders as that very text, in CommonMark and GitHub's dialect, with HTML and bare links
 * switched on. Backslashes are used instead of entities and only where something could happen, so that the source
 * stays readable: `10.0.2.15` and `filter_FORWARD` come out as they are.
 */
export function escapeText(plain: string): string {
  return (
    visible(plain)
      .replace(/[ \t]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .replace(/^[ \n]+|[ \n]+$/g, '')
      .replace(ANYWHERE, '\\$&')
      // Between two letters or digits an underscore is only an underscore.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      .replace(/&(?=[#\p{L}])/gu, '\\&')
      .replace(/!(?=\\\[)/g, '\\!')
      // Bare links: `www.x.y`, `x.com`, `http://x`, `//x`, also between dots of other scripts' names.
      .replace(/\.(?=[^\s\d.])|(?<=www)\./giu, '\\.')
      .replace(/:(?=\/)/g, '\\:')
      .replace(/\/(?=\/)/g, '\\/')
      // What makes a list, a rule or an underlined heading does so at the start of a line only.
      .replace(/^([-+=])/gm, '\\$1')
      .replace(/^(\d+)([.)])(?=\s|$)/gm, '$1\\$2')
      .replace(/\n/g, '<br>')
  );
}

/** Plain text inside a table cell or a paragraph as a code span; `inTable` because there a pipe ends the cell. */
export function codeSpan(plain: string, inTable: boolean): string {
  const line = visibleLine(plain);
  // Parsers disagree about a pipe in a cell's code span after a backslash: there it is plain text instead.
  if (line.trim() === '' || (inTable && line.includes('|'))) return escapeText(line);
  const ticks = '`'.repeat(longestRun(line) + 1);
  const padded = /^[` ]|[` ]$/.test(line) ? ` ${line} ` : line;
  return `${ticks}${padded}${ticks}`;
}

/** A fence that nothing in its text can close. */
export function fenced(language: string, plain: string): string {
  const body = visible(plain).replace(/\n+$/, '');
  const ticks = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${ticks}${language}\n${body}\n${ticks}`;
}

function longestRun(plain: string): number {
  return (plain.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
