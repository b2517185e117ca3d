import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Scenes of before there were recordings: each is there until its fault is recorded. */
const FORMER = join(import.meta.dirname, '../scenes');
const formerPath = (fault: string) => join(FORMER, `${fault}.json`);

/** The faults of which there is a scene. */
export function sceneNames(): string[] {
  const former = existsSync(FORMER) ? readdirSync(FORMER).map((file) => file.replace('.json', '')) : [];
  return [...new Set([...REPLAYED.keys(), ...former])].sort();
}

/**
 * What was seen of the lab machine (bookworm: nft 1.0.6, firewalld 1.3.3, Docker 20.10.24) under a fault, of its own for
 * whoever asks: it may be altered.
 */
export function readScene(fault: string): Scene {
  const scene = REPLAYED.get(fault);
  if (scene instanceof Error) throw scene;
  return scene ? structuredClone(scene) : formerScene(fault);
}

function formerScene(fault: string): Scene {
  const scene = JSON.parse(readFileSync(formerPath(fault), 'utf8')) as Scene;
  // facts that were not yet asked for when some scenes were recorded
  if (scene.facts.resolver.ok) scene.facts.resolver.value.hosts ??= [];
  if (scene.facts.containers.ok)
    for (const inside of scene.facts.containers.value.containers) inside.hosts ??= [];
  if (scene.facts.docker.ok) scene.facts.docker.value.flags ??= {};
  if (scene.facts.tc.ok) scene.facts.tc.value.egress ??= [];
  if (scene.facts.containers.ok)
    for (const inside of scene.facts.containers.value.namespaces) inside.sysctls ??= {};
  scene.facts.bridges ??= { ok: true, value: { fixed: [], vlans: [] }, commandId: '' };
  return scene;
}
