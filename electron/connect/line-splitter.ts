/** Longest line handed on, in bytes; what is longer comes in pieces. */
const MAX_LINE_BYTES = 64 * 1024;

/**
 * Cuts one output into lines until the end marker, a line that starts with a nonce. The marker is written with a line
 * feed before it, so that output without a last one stays exact: an empty line waits for what follows it.
 */
export class LineSplitter {
  readonly #marker: string;
  readonly #emit: (line: string) => void;
  #rest: Buffer = Buffer.alloc(0);
  #heldEmpty = false;
  /** What follows the marker in its line; undefined until it was seen. */
  end: string | undefined;

  constructor(marker: string, emit: (line: string) => void) {
    this.#marker = marker;
    this.#emit = emit;
  }

  /** Takes the next bytes; true once the marker was seen. */
  push(chunk: Buffer): boolean {
    let bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    while (this.end === undefined) {
      const eol = bytes.indexOf(10);
      if (eol < 0 && bytes.length <= MAX_LINE_BYTES) break;
      const cut = eol < 0 || eol > MAX_LINE_BYTES ? MAX_LINE_BYTES : eol;
      this.#line(bytes.toString('utf8', 0, cut));
      bytes = bytes.subarray(cut === eol ? eol + 1 : cut);
    }
    this.#rest = bytes;
    return this.end !== undefined;
  }

  #line(text: string): void {
    if (text.startsWith(this.#marker)) {
      this.end = text.slice(this.#marker.length).trim();
      return;
    }
    if (this.#heldEmpty) this.#emit('');
    this.#heldEmpty = text === '';
    if (!this.#heldEmpty) this.#emit(text);
  }
}
