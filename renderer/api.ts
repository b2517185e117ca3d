import type { TroubleView } from '../shared/app-state.ts';
import type { Bridge, CallInput, CallName, CallOutput } from '../shared/contract.ts';

declare global {
  interface Window {
    readonly culprit: Bridge;
  }
}

/** An expected failure of a call, as main tells it. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  constructor(readonly trouble: TroubleView) {
    super(trouble.code);
  }
}

/** Asks main. Throws `CallFailed` for what was expected to go wrong. */
export async function call<N extends CallName>(
  name: N,
  ...[input]: undefined extends CallInput<N> ? [] : [input: CallInput<N>]
): Promise<CallOutput<N>> {
  const reply = await window.culprit.call(name, input);
  if (!reply.ok) throw new CallFailed(reply.trouble);
  return reply.value as CallOutput<N>;
}
