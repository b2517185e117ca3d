/**
 * What changes how text around it looks, or hides: control and format characters (bidirectional controls, zero-width,
 * tags), line and paragraph separators, halves of surrogate pairs. Newline and tab are let through here.
 */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

function spelled(char: string): string {
  const hex = (char.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`;
}

/**
 * Text from a guest or a file, made safe to look at: what would act or hide is spelled out as `\uXXXX`. Newlines and
 * tabs stay; `\r\n` becomes a newline.
 */
export function visible(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(UNSEEN, spelled);
}

/** The same for a place that has one line: newlines and tabs are spelled out too. */
export function visibleLine(text: string): string {
  return visible(text).replace(/\n/g, '\\n').replace(/\t/g, '\\t');
}
