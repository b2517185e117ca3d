/** Hits that are marked; more would hold up the window. */
const MOST_HITS = 5000;

/** Where a text has the words, whatever their case: positions of their first characters, rising. */
export function hitsIn(text: string, query: string, most = MOST_HITS): number[] {
  const hits: number[] = [];
  const wanted = query.toLowerCase();
  if (wanted === '') return hits;
  const lower = text.toLowerCase();
  // some letters become two in lower case: then positions would be off, and only the exact words are found
  const [hay, needle] = lower.length === text.length ? [lower, wanted] : [text, query];
  for (
    let at = hay.indexOf(needle);
    at >= 0 && hits.length < most;
    at = hay.indexOf(needle, at + needle.length)
  )
    hits.push(at);
  return hits;
}

/** The next hit's place among so many, around the end; 0 is the first one. */
export function nextHit(at: number, count: number, way: 'here' | 'next' | 'previous'): number {
  if (count === 0) return -1;
  if (way === 'here') return Math.min(Math.max(at, 0), count - 1);
  return (at + (way === 'next' ? 1 : -1) + count) % count;
}
