/**
 * Quotes one word for a POSIX shell, so that the shell sees exactly these characters.
 * Throws on NUL, which no command line can carry.
 */
export function quote(word: string): string {
  if (word.includes('\0')) throw new TypeError('A shell word cannot contain NUL');
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The same for a command that a person reads: a word that means itself to every shell stays bare. */
export function quoteWhereNeeded(word: string): string {
  return /^[\w@+:,./-]+$/.test(word) ? word : quote(word);
}

/** Joins words into a command line that runs exactly that argv. */
export function argv(...words: readonly string[]): string {
  return words.map(quote).join(' ');
}
