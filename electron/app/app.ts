import type { CallInput, CallName, CallOutput } from '../../shared/contract.ts';
import type { Host } from './host.ts';

/** Answers every call of the contract; inputs are parsed already. Throws Troubles for what was expected. */
export type Handlers = { [N in CallName]: (input: CallInput<N>) => Promise<CallOutput<N>> };

export interface App {
  handlers: Handlers;
  /** Is a run under way? Quitting asks then. */
  busy(): boolean;
  /** The window is gone or new: stop watching, keep runs going. */
  forgetWindow(): void;
  /** Stops runs and shells, leaves nothing in any guest, writes what is unwritten. */
  close(): Promise<void>;
}

/** Puts the application together. */
export declare function createApp(host: Host): Promise<App>;
