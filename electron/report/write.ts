import type { Block, Inline } from './blocks.ts';
import { codeSpan, escapeText, fenced } from './escape.ts';

function inline(piece: Inline, inTable: boolean): string {
  if ('code' in piece) return codeSpan(piece.code, inTable);
  if ('strong' in piece) {
    const escaped = escapeText(piece.strong);
    return escaped === '' ? '' : `**${escaped}**`;
  }
  const escaped = escapeText(piece.text);
  // escapeText trims: a space between two pieces belongs to the sentence.
  const before = /^\s/.test(piece.text) ? ' ' : '';
  const after = /\s$/.test(piece.text) && escaped !== '' ? ' ' : '';
  return `${before}${escaped}${after}`;
}

function line(pieces: readonly Inline[], inTable = false): string {
  return pieces
    .map((piece) => inline(piece, inTable))
    .join('')
    .trim();
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function block(one: Block): string {
  switch (one.kind) {
    case 'heading':
      return `${'#'.repeat(one.level)} ${escapeText(one.text).replace(/<br>/g, ' ')}`;
    case 'paragraph':
      return line(one.inlines);
    case 'list':
      return one.items.map((item) => `- ${line(item)}`).join('\n');
    case 'table':
      return [
        tableRow(one.head.map(escapeText)),
        tableRow(one.head.map(() => '---')),
        ...one.rows.map((cells) => tableRow(cells.map((cell) => line(cell, true)))),
      ].join('\n');
    case 'fence':
      return fenced(one.language, one.text);
  }
}

/** Writes blocks as Markdown. */
export function writeMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(block).join('\n\n')}\n`;
}
