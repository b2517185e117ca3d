import type { AskSecret } from './ask-secret.ts';
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
 * Becomes root through sudo on one lane, which `open` opens. The password is asked for only when sudo asks; a wrong one
 * is asked for again up to `tries` times in all, each on a lane of its own, and none is tried twice.
 */
export async function findRoot(
  askPassword: AskSecret | undefined,
  open: (ask: AskPassword | undefined) => Promise<Lane>,
  tries = 1,
): Promise<FoundRoot> {
  for (let round = 1; ; round += 1) {
    let answered: Promise<string | undefined> | undefined;
    const ask =
      askPassword &&
      (() => {
        answered ??= askPassword(round > 1);
        return answered;
      });
    try {
      return { root: { how: 'sudo' }, lane: await open(ask), ask };
    } catch (error) {
      if (!(error instanceof SudoRefusal)) throw error;
      if (error.root.why !== 'wrong-password' || round >= tries) return { root: error.root };
    }
  }
}
