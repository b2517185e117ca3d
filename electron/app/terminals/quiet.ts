/** A shell that has said nothing for so long waits for input. Milliseconds. */
const LULL_MS = 150;
/** A shell that says nothing at all, or never stops, is not waited for. */
const PATIENCE_MS = 2500;

/** Waits until a shell that was just opened has said its greeting and its prompt. */
export class Quiet {
  #waiting: (() => void)[] = [];
  #lull: NodeJS.Timeout | undefined;
  #over = false;
  readonly #patience = setTimeout(() => this.end(), PATIENCE_MS);

  /** It said something. */
  heard(): void {
    if (this.#over) return;
    clearTimeout(this.#lull);
    this.#lull = setTimeout(() => this.end(), LULL_MS);
  }

  /** Resolves at the first lull; at once when that was before. */
  once(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#over) resolve();
      else this.#waiting.push(resolve);
    });
  }

  /** Nobody needs to wait any more. */
  end(): void {
    this.#over = true;
    clearTimeout(this.#lull);
    clearTimeout(this.#patience);
    for (const go of this.#waiting.splice(0)) go();
  }
}
