import { fileURLToPath } from 'node:url';
import { drag } from '../dragging.ts';
import type { Shot } from '../shot.ts';
import { scrollTo, verdictShown } from './looking.ts';

const printed = (file: string) => fileURLToPath(new URL(`../../fixtures/trace/${file}`, import.meta.url));

/** A tracer's text that a real guest printed, dropped onto the window; then the path of its last packet that fails. */
const opened = (
  name: string,
  file: string,
  part?: Parameters<typeof scrollTo>[1],
  languages?: string[],
): Shot => ({
  name,
  ...(languages && { open: { languages } }),
  steps: async (app) => {
    await app.page.locator('[data-row="machine:sample"]').waitFor();
    await drag(app, [printed(file)], 'dragEnter', 'dragOver', 'drop');
    await verdictShown(app.page);
    if (part) await scrollTo(app.page, part);
  },
});

/** Logs of every kind of guest, opened. */
export const LOG_SHOTS: Shot[] = [
  opened('log', 'nft-1.0.6-three-flows.txt'),
  opened('log-zh', 'nft-1.0.6-three-flows.txt', undefined, ['zh-CN']),
  opened('log-two-worlds', 'bullseye-nft-and-legacy.txt', 'path'),
  opened('log-cut', 'kernel-6.18-legacy-trace-and-log.txt', 'path'),
];
