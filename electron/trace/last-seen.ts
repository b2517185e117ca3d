/**
 * A map that forgets its oldest entries: what a reader remembers of a text without end. Keeps at least the `limit` entries
 * that were set last and at most twice as many, in two generations: to look for the oldest one each time would be slow.
 */
export class LastSeen<V> {
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  /** The entry that was asked for or set last: line after line tells of the same packet. */
  #lastKey: string | undefined;
  #lastValue: V | undefined;
  constructor(private readonly limit: number) {}

  /** Entries that are kept; one that was set again may count twice. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: string): V | undefined {
    if (key !== this.#lastKey) {
      this.#lastKey = key;
      this.#lastValue = this.#young.get(key) ?? this.#old.get(key);
    }
    return this.#lastValue;
  }

  set(key: string, value: V): void {
    this.#lastKey = key;
    this.#lastValue = value;
    this.#young.set(key, value);
    if (this.#young.size < this.limit) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  delete(key: string): void {
    if (key === this.#lastKey) this.#lastKey = undefined;
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
