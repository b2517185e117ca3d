import { visibleLine } from '../../shared/visible.ts';
import { cut } from '../../shared/width.ts';

/** Columns of a title that are shown. */
const MOST = 120;

/** What a program named its window (OSC 0 and 2), made safe to show; empty when it named nothing. */
export function safeTitle(title: string): string {
  return cut(visibleLine(title.slice(0, 4 * MOST)).trim(), MOST);
}
