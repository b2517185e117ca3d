/** Characters of a piece: the browser lays out only the pieces in sight. */
const PIECE = 8000;

/** A long text in pieces that end at line ends, where there are any. */
export function pieces(text: string): string[] {
  const list: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + PIECE);
    if (to < text.length) {
      const end = text.lastIndexOf('\n', to);
      if (end > from) to = end + 1;
    }
    const end = text[to - 1] === '\n' ? to - 1 : to;
    list.push(text.slice(from, end));
    from = to;
  }
  return list;
}
