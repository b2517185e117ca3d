import { setMaxListeners } from 'node:events';
import { EXIT } from './exit-code.ts';

/** Signals that ask a program to stop. */
const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Lets Ctrl-C and its kin cancel: the first aborts the signal given out here, the second leaves at once (the guest then
 * cleans up by itself). `onFirst` tells the person.
 */
export function interruptible(onFirst: () => void): { signal: AbortSignal; close(): void } {
  const controller = new AbortController();
  // Every command that runs listens to it: many listeners are no leak.
  setMaxListeners(0, controller.signal);
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT.cancelled);
    controller.abort();
    onFirst();
  };
  for (const name of STOPPING) process.on(name, stop);
  return {
    signal: controller.signal,
    close() {
      for (const name of STOPPING) process.off(name, stop);
    },
  };
}
