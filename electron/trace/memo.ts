/**
 * Remembers what a pure function gave for a text, for texts that come again and again; forgets all when there are more
 * than `limit`. The text is copied, for a piece of a long string would keep the whole of it in memory.
 */
export function memo<V>(limit: number, read: (text: string) => V): (text: string) => V {
  let known = new Map<string, V>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as V;
    const own = Buffer.from(text, 'utf8').toString('utf8');
    const value = read(own);
    if (known.size >= limit) known = new Map();
    known.set(own, value);
    return value;
  };
}

/** Remembers only the last text: for what is mostly said twice or more in a row, and seldom again. */
export function latest<V>(read: (text: string) => V): (text: string) => V {
  let last: { text: string; value: V } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, value: read(text) };
    return last.value;
  };
}
