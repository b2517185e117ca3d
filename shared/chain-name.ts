import { worldOf } from './place-text.ts';
import type { Suspect } from './trace.ts';
import { visibleLine } from './visible.ts';

/** A base chain with its priority, in one line: `ip filter FORWARD (0)`. */
export function chainName(suspect: Suspect): string {
  return visibleLine(`${worldOf(suspect)} ${suspect.table} ${suspect.chain} (${suspect.priority})`);
}
