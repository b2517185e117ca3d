import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scene } from '../../electron/diagnose/rule.ts';

/** Where the scene of a fault is kept. */
export function scenePath(fault: string): string {
  return join(import.meta.dirname, '../scenes', `${fault}.json`);
}

/** What was seen of the lab machine (bookworm: nft 1.0.6, firewalld 1.3.3, Docker 20.10.24) under a fault. */
export function readScene(fault: string): Scene {
  const scene = JSON.parse(readFileSync(scenePath(fault), 'utf8')) as Scene;
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
