import { readFile, rename } from 'node:fs/promises';
import type { z } from 'zod';
import { writeWhole } from './write-whole.ts';

type Log = (line: string) => void;

/**
 * A value that lives in a JSON file. What is read is checked against a schema; a damaged file is set aside, and its
 * backup, or failing that the value for new people, takes its place: the log says so.
 */
export class JsonFile<T> {
  #value: T;
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  private constructor(
    private readonly path: string,
    value: T,
    private readonly log: Log,
    private readonly backup: boolean,
  ) {
    this.#value = value;
  }

  /** `backup: false` for what must be gone when it is taken out. */
  static async open<T>(
    path: string,
    schema: z.ZodType<T>,
    fresh: T,
    log: Log,
    { backup = true } = {},
  ): Promise<JsonFile<T>> {
    return new JsonFile(path, await load(path, schema, fresh, log), log, backup);
  }

  get value(): T {
    return this.#value;
  }

  /**
   * Takes a new value at once and writes it; many in a row are written as few. Never rejects: the value holds for now
   * even where the disk is full, and the log says that it was not kept.
   */
  set(value: T): Promise<void> {
    this.#value = value;
    // One write is under way and one waits: that one takes whatever the value is then.
    this.#next ??= (this.#writing ?? Promise.resolve()).then(() => {
      this.#next = undefined;
      this.#writing = this.#write();
      return this.#writing;
    });
    return this.#next;
  }

  /** Resolves when all of it is written. */
  async flush(): Promise<void> {
    await (this.#next ?? this.#writing);
  }

  async #write(): Promise<void> {
    try {
      const text = `${JSON.stringify(this.#value, null, 2)}\n`;
      await writeWhole(this.path, text, this.backup ? `${this.path}.bak` : undefined);
    } catch (error) {
      this.log(
        `${this.path} could not be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
      );
    }
  }
}

async function load<T>(path: string, schema: z.ZodType<T>, fresh: T, log: Log): Promise<T> {
  const main = await read(path, schema);
  if ('value' in main) return main.value;
  // Out of the way of the next write, which would make it the backup.
  if (main.problem !== 'ENOENT') await rename(path, `${path}.damaged`).catch(() => {});
  const backup = await read(`${path}.bak`, schema);
  if (main.problem === 'ENOENT' && 'problem' in backup && backup.problem === 'ENOENT') return fresh;
  if ('value' in backup) {
    log(`${path} cannot be used (${main.problem}): its backup is`);
    return backup.value;
  }
  log(`${path} cannot be used (${main.problem}), nor its backup (${backup.problem}): it begins anew`);
  return fresh;
}

async function read<T>(path: string, schema: z.ZodType<T>): Promise<{ value: T } | { problem: string }> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return { problem: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    if (parsed.success) return { value: parsed.data };
    const [issue] = parsed.error.issues;
    // Where, not what: values may be nobody's business.
    return { problem: `${issue?.path.join('.') ?? ''} ${issue?.code ?? ''}`.trim() };
  } catch {
    return { problem: 'it is no JSON' };
  }
}
