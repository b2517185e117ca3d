import type { CallInput, CallName, CallOutput } from '../../../shared/contract.ts';

/** Answers every call of the contract; inputs are parsed already. Throws Troubles for what was expected. */
export type Handlers = { [N in CallName]: (input: CallInput<N>) => Promise<CallOutput<N>> };
