import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps what a benchmark was answered, as it comes: a file of its own in out/bench/, a line of JSON a row. */
export function keptRows(name: string): { file: string; keep(row: unknown): void } {
  const folder = join(import.meta.dirname, '../../out/bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}-${new Date().toISOString().replaceAll(':', '-')}.jsonl`);
  return { file, keep: (row) => appendFileSync(file, `${JSON.stringify(row)}\n`) };
}
