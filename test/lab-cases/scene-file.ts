import type { Scene } from '../../electron/diagnose/rule.ts';
import { MAIN_SUITE, readRecorded, recordedFaults, sceneOf } from '../replay/recordings.ts';

/** Scenes of the faults that are recorded; of one whose recording can't be replayed, why. */
const REPLAYED = new Map<string, Scene | Error>();
for (const { fault } of recordedFaults().filter(({ suite }) => suite === MAIN_SUITE)) {
  try {
    REPLAYED.set(fault, await sceneOf(await readRecorded(fault), fault));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    REPLAYED.set(fault, error);
  }
}

/** The faults of which there is a scene. */
export function sceneNames(): string[] {
  return [...REPLAYED.keys()].sort();
}

/**
 * What was seen of the lab machine (bookworm: nft 1.0.6, firewalld 1.3.3, Docker 20.10.24) under a fault, of its own for
 * whoever asks: it may be altered.
 */
export function readScene(fault: string): Scene {
  const scene = REPLAYED.get(fault);
  if (scene instanceof Error) throw scene;
  if (!scene) throw new Error(`${fault} is not recorded: npm run bench:faults -- --record --only ${fault}`);
  return structuredClone(scene);
}
