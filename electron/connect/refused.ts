import type { Answer } from './guest.ts';

/** The answer to a command that needs root on a guest without. */
export function refusedAnswer(): Answer {
  return { code: -1, stdout: '', stderr: '', timedOut: false, truncated: false, refused: 'no-root', ms: 0 };
}
