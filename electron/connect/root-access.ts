import type { RootAccess } from './guest.ts';
import type { Lane } from './lane.ts';
import { type AskPassword, SudoRefusal } from './sudo.ts';

export interface FoundRoot {
  root: RootAccess;
  /** The lane that proved it. */
  lane?: Lane;
  /** What to answer sudo for the next lanes. */
  ask?: AskPassword | undefined;
}

/**
 * Becomes root through sudo on one lane, which `open` opens. The password is asked for only when sudo asks, and once;
 * a wrong one is told, and never tried again.
 */
export async function findRoot(
  askPassword: AskPassword | undefined,
  open: (ask: AskPassword | undefined) => Promise<Lane>,
): Promise<FoundRoot> {
  let answered: Promise<string | undefined> | undefined;
  const ask =
    askPassword &&
    (() => {
      answered ??= askPassword();
      return answered;
    });
  try {
    return { root: { how: 'sudo' }, lane: await open(ask), ask };
  } catch (error) {
    if (error instanceof SudoRefusal) return { root: error.root };
    throw error;
  }
}
