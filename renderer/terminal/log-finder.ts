import { hitsIn, nextHit } from './find-text.ts';
import type { Finder, FindResult } from './finder.ts';

/** Names of the marks in `run-log.module.css`. */
const FOUND = 'culprit-found';
const FOUND_NOW = 'culprit-found-now';

/** Finds words in what an element shows, and marks them without touching it. */
export class LogFinder implements Finder {
  #hits: Range[] = [];
  #at = 0;
  #told: ((result: FindResult) => void) | undefined;

  constructor(private readonly root: () => Element | null) {}

  find(query: string, way: 'here' | 'next' | 'previous'): void {
    this.#hits = this.#look(query);
    this.#at = nextHit(this.#at, this.#hits.length, way);
    const current = this.#hits[this.#at];
    CSS.highlights.set(FOUND, new Highlight(...this.#hits));
    CSS.highlights.set(FOUND_NOW, new Highlight(...(current ? [current] : [])));
    current?.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
    if (current) this.#showLine(current);
    this.#told?.({ index: this.#at, count: this.#hits.length });
  }

  clearFound(): void {
    CSS.highlights.delete(FOUND);
    CSS.highlights.delete(FOUND_NOW);
    this.#hits = [];
  }

  onResult(told: (result: FindResult) => void): () => void {
    this.#told = told;
    return () => {
      this.#told = undefined;
    };
  }

  #look(query: string): Range[] {
    const root = this.root();
    if (root === null || query === '') return [];
    const ranges: Range[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      for (const from of hitsIn(node.nodeValue ?? '', query)) {
        const range = new Range();
        range.setStart(node, from);
        range.setEnd(node, from + query.length);
        ranges.push(range);
      }
    }
    return ranges;
  }

  /** The text may be many lines long: the hit's own line comes into sight. */
  #showLine(hit: Range): void {
    const root = this.root();
    if (root === null) return;
    const [line, sight] = [hit.getBoundingClientRect(), root.getBoundingClientRect()];
    if (line.top < sight.top + 40 || line.bottom > sight.bottom - 20)
      root.scrollTop += line.top - sight.top - sight.height / 3;
  }
}
