import type { Reply } from '../../shared/contract.ts';

/** Is it the answer to a call that went well? */
export function isReply(answer: unknown): answer is Reply<unknown> & { ok: true } {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
}
