import { readFileSync } from 'node:fs';
import { ensureBuilt } from '../../build/built.mjs';

/** Before the first test that opens the application. */
export function setup(): void {
  if (process.env.CULPRIT_MAIN !== undefined) return;
  const log = ensureBuilt();
  if (log !== undefined) throw new Error(`the window does not build:\n${readFileSync(log, 'utf8')}`);
}
