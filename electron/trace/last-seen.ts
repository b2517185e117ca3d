/**
 * A map that forgets its oldest entries: what a reader remembers of a text without end. Keeps at least the `limit` entries
 * that were set last and at most twice as many, in two generations: to look for the oldest one each time would be slow.
 */
export class LastSeen<V> {
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  constructor(private readonly limit: number) {}

  /** Entries that are kept; one that was set again may count twice. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: string): V | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  set(key: string, value: V): void {
    this.#young.set(key, value);
    if (this.#young.size < this.limit) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
