import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunEvent } from '../../../shared/run.ts';
import { Trouble } from '../../../shared/trouble.ts';
import type { RunHeader, RunSummary } from './run-format.ts';

/**
 * Writes a run's file as the run goes. Each event goes to the system at once, in order: it survives the end of this
 * process. The disk is waited for at the beginning and at the end only.
 */
export class RunWriter {
  #waiting: string[] = [];
  #writing: Promise<void> | undefined;
  #failed = false;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly log: (line: string) => void,
  ) {}

  /** Throws Trouble `data-unwritable`. */
  static async create(path: string, header: RunHeader, log: (line: string) => void): Promise<RunWriter> {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(path, 'ax', 0o600);
      await file.writeFile(`${JSON.stringify(header)}\n`);
      await file.sync();
      return new RunWriter(path, file, log);
    } catch (error) {
      const detail = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new Trouble('data-unwritable', { path, detail }, { cause: error });
    }
  }

  write(event: RunEvent): void {
    this.#waiting.push(`${JSON.stringify(event)}\n`);
    this.#writing ??= this.#drain();
  }

  /** Resolves when all that was written is in the file. */
  async settled(): Promise<void> {
    await this.#writing;
    await this.file.sync().catch(() => {});
  }

  /** Writes the trailer and resolves when everything is on the disk. */
  async close(summary: RunSummary): Promise<void> {
    this.#waiting.push(`${JSON.stringify({ summary })}\n`);
    this.#writing ??= this.#drain();
    await this.#writing;
    await this.file.sync().catch(() => {});
    await this.file.close();
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const text = this.#waiting.join('');
      this.#waiting = [];
      try {
        if (!this.#failed) await this.file.writeFile(text);
      } catch (error) {
        // The run is worth more than its file. After a gap nothing may follow, it would be told as whole.
        this.#failed = true;
        this.log(
          `${this.path} could not be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
        );
      }
    }
    this.#writing = undefined;
  }
}
