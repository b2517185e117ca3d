/** Does a text hold every word that was typed, in any order and case? */
export function holdsWords(text: string, typed: string): boolean {
  const all = text.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => all.includes(word));
}
