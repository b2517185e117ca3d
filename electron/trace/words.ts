import { memo } from './memo.ts';

const BLANK = 32;
const ZERO = 48;

/** Addresses, interfaces and the like of which a text has few that differ. */
const KNOWN = 4096;

/**
 * The same word, as one string for all places where it stands. A piece of a text keeps the whole text in memory, and of
 * what is remembered of a long text most are the same few words.
 */
export const own: (word: string) => string = memo(KNOWN, (word) => word);

/** Where the value behind a name begins that stands at the text's beginning or behind a blank; -1 where it does not. */
function valueAt(text: string, name: string): number {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (at === 0 || text.charCodeAt(at - 1) === BLANK) return at + name.length;
  return -1;
}

/** From a place up to the next blank. */
function wordAt(text: string, from: number): string {
  const to = text.indexOf(' ', from);
  return to < 0 ? text.slice(from) : text.slice(from, to);
}

/** The word right behind a name, which has what separates them at its end: `ip saddr `, `SRC=`. Undefined if there is none. */
export function wordAfter(text: string, name: string): string | undefined {
  const at = valueAt(text, name);
  return at < 0 ? undefined : own(wordAt(text, at)) || undefined;
}

/** The decimal number that the word right behind a name begins with. */
export function numberAfter(text: string, name: string): number | undefined {
  const from = valueAt(text, name);
  const to = digitsEnd(text, from);
  return from < 0 || from === to ? undefined : Number(text.slice(from, to));
}

/** The same, where a blank follows: a number that ends the text may have been longer. */
export function wholeNumberAfter(text: string, name: string): number | undefined {
  const from = valueAt(text, name);
  const to = digitsEnd(text, from);
  const whole = from >= 0 && from < to && text.charCodeAt(to) === BLANK;
  return whole ? Number(text.slice(from, to)) : undefined;
}

function digitsEnd(text: string, from: number): number {
  let at = Math.max(from, 0);
  while (at < text.length && text.charCodeAt(at) >= ZERO && text.charCodeAt(at) < ZERO + 10) at++;
  return at;
}
