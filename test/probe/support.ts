import { readFileSync } from 'node:fs';
import type { Answer } from '../../electron/connect/guest.ts';

/** What a script printed on a real guest; see test/fixtures/probe/README.md. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/probe/${name}`, import.meta.url), 'utf8');
}

/** An answer that ended well unless `over` says otherwise. */
export function answer(stdout: string, over: Partial<Answer> = {}): Answer {
  return { code: 0, stdout, stderr: '', timedOut: false, truncated: false, ms: 5, ...over };
}
