/** Lines of a paste that are shown before it is done, and characters of each. */
const PREVIEW_LINES = 4;
const PREVIEW_CHARS = 160;
/** All but tab and newline: an escape could end bracketed paste, Ctrl-C or Ctrl-D could act. */
const CONTROL = /(?![\n\t])\p{Cc}/gu;

export interface PastePlan {
  /** What would be typed: newlines are `\n`, and there are no other control characters. */
  text: string;
  lines: number;
  /** The person is asked first. */
  asks: boolean;
  /** Characters that were left out. */
  dropped: number;
  /** Its first lines. */
  preview: string;
  /** Lines that the preview leaves out. */
  more: number;
}

/**
 * What becomes of pasted text. `bracketed`: the program takes a paste as one piece, and a newline at its end runs nothing;
 * otherwise each newline is Enter. Several lines are asked about either way.
 */
export function pastePlan(pasted: string, bracketed: boolean): PastePlan {
  const unified = pasted.replace(/\r\n?/g, '\n');
  const text = unified.replace(CONTROL, '');
  const ends = text.endsWith('\n');
  const lines = text.split('\n').slice(0, ends ? -1 : undefined);
  const shown = lines.slice(0, PREVIEW_LINES).map((line) => line.slice(0, PREVIEW_CHARS));
  return {
    text,
    lines: lines.length,
    asks: lines.length > 1 || (ends && !bracketed),
    dropped: unified.length - text.length,
    preview: shown.join('\n'),
    more: Math.max(0, lines.length - PREVIEW_LINES),
  };
}

/** Main takes so many characters at a time. */
const MOST = 500_000;

/** What is typed in pieces that main takes; no piece ends within a character. */
export function typedPieces(data: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < data.length; ) {
    let to = Math.min(data.length, from + MOST);
    const code = data.charCodeAt(to - 1);
    if (to < data.length && code >= 0xd800 && code <= 0xdbff) to -= 1;
    pieces.push(data.slice(from, to));
    from = to;
  }
  return pieces;
}
