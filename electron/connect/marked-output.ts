/**
 * Collects one output of a command until the end marker, a line that starts with a nonce the command cannot know.
 * Keeps at most `maxBytes` of it; counts on nothing coming after the marker.
 */
export class MarkedOutput {
  readonly #marker: Buffer;
  readonly #maxBytes: number;
  readonly #kept: Buffer[] = [];
  #keptBytes = 0;
  #tail: Buffer = Buffer.alloc(0);
  truncated = false;
  /** What follows the nonce and the id in the marker's line; undefined until the marker was seen. */
  end: string | undefined;

  constructor(marker: string, maxBytes: number) {
    this.#marker = Buffer.from(`\n${marker}`);
    this.#maxBytes = maxBytes;
  }

  /** Takes the next bytes; true once the marker's line is complete. */
  push(chunk: Buffer): boolean {
    if (this.end !== undefined) return true;
    const bytes = this.#tail.length > 0 ? Buffer.concat([this.#tail, chunk]) : chunk;
    const at = bytes.indexOf(this.#marker);
    if (at < 0) {
      const keep = Math.min(bytes.length, this.#marker.length - 1);
      this.#keep(bytes.subarray(0, bytes.length - keep));
      this.#tail = bytes.subarray(bytes.length - keep);
      return false;
    }
    const eol = bytes.indexOf(10, at + this.#marker.length);
    if (eol < 0) {
      this.#keep(bytes.subarray(0, at));
      this.#tail = bytes.subarray(at);
      return false;
    }
    this.#keep(bytes.subarray(0, at));
    this.end = bytes.toString('latin1', at + this.#marker.length, eol).trim();
    return true;
  }

  /** What was kept, as UTF-8; a character that the limit cut is left out. */
  text(): string {
    const text = Buffer.concat(this.#kept).toString('utf8');
    return this.truncated ? text.replace(/\ufffd+$/, '') : text;
  }

  #keep(bytes: Buffer): void {
    const room = this.#maxBytes - this.#keptBytes;
    if (bytes.length > room) this.truncated = true;
    const part = bytes.length > room ? bytes.subarray(0, room) : bytes;
    if (part.length === 0) return;
    this.#kept.push(part);
    this.#keptBytes += part.length;
  }
}
