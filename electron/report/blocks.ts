/** A piece of running text. Everything in it is plain: the writer makes it inert. */
export type Inline = { text: string } | { code: string } | { strong: string };

/** A report before it has a syntax: what Markdown is written from, and what a window can draw. */
export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3 | 4; text: string }
  | { kind: 'paragraph'; inlines: Inline[] }
  | { kind: 'list'; items: Inline[][] }
  | { kind: 'table'; head: string[]; rows: Inline[][][] }
  | { kind: 'fence'; language: 'sh' | 'text'; text: string };

/** Running text. */
export function text(value: string): Inline {
  return { text: value };
}

/** A value of the machine: a command, a rule, an address. */
export function code(value: string): Inline {
  return { code: value };
}

/** Running text that carries the weight of its sentence. */
export function strong(value: string): Inline {
  return { strong: value };
}

/** A paragraph of plain strings and pieces. */
export function paragraph(...parts: (string | Inline)[]): Block {
  return { kind: 'paragraph', inlines: parts.map((part) => (typeof part === 'string' ? text(part) : part)) };
}

/** A section's heading. */
export function heading(level: 1 | 2 | 3 | 4, value: string): Block {
  return { kind: 'heading', level, text: value };
}

/** Lines in a fixed-width font. */
export function fence(language: 'sh' | 'text', value: string): Block {
  return { kind: 'fence', language, text: value };
}
