/** Where a search stands: the place of the current hit, from 0, and how many there are; -1: none, or not known. */
export interface FindResult {
  index: number;
  count: number;
}

/** Something that can be searched: a shell's screen, or the run log. */
export interface Finder {
  /** `here`: the words are only just being typed, and the hit need not move on. */
  find(query: string, way: 'here' | 'next' | 'previous'): void;
  /** Takes the marks away. */
  clearFound(): void;
  /** Gives the function that ends it. */
  onResult(told: (result: FindResult) => void): () => void;
}
