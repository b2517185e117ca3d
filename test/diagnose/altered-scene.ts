import type { Scene } from '../../electron/diagnose/rule.ts';
import { failed, isTelling } from '../../electron/flow/telling.ts';
import type { DockerContainer } from '../../electron/probe/lib/docker-model.ts';
import type { FactValue, ProbeId } from '../../electron/probe/registry.ts';
import type { FlowResult, Outcome } from '../../shared/flow.ts';
import type { RulePlace } from '../../shared/trace.ts';
import { readScene } from '../lab-cases/scene-file.ts';

/**
 * A scene of a real guest in which something is otherwise: what tells a fault from its neighbour, or a fault that the lab
 * can't have, such as an adapter without its cable. `change` alters a copy in place.
 */
export function altered(fault: string, change: (scene: Scene) => unknown): Scene {
  const scene = readScene(fault);
  change(scene);
  return { ...scene, bad: scene.flows.filter((f) => failed(f) && isTelling(f)) };
}

/** Has these flows end so, and forgets what was seen of their packets. */
export function ending(
  scene: Scene,
  which: (flow: FlowResult) => boolean,
  outcome: Outcome,
  said: Partial<Pick<FlowResult, 'detail' | 'saying' | 'resolved'>> = {},
): void {
  const ids = new Set(scene.flows.filter(which).map(({ id }) => id));
  if (ids.size === 0) throw new Error('no such flow in this scene');
  scene.flows = scene.flows.map((flow) => {
    if (!ids.has(flow.id)) return flow;
    const { saying: _, resolved: __, ...rest } = flow;
    return { ...rest, outcome, detail: '', ...said };
  });
  scene.journeys = scene.journeys.filter((j) => !ids.has(j.flowId));
}

/** A fact of a scene, to be altered. */
export function fact<Id extends ProbeId>(scene: Scene, id: Id): FactValue<Id> {
  const found = scene.facts[id];
  if (!found.ok) throw new Error(`the scene has no ${id}`);
  return found.value as FactValue<Id>;
}

/** A recorded scene with one fact changed: what tells a fault from its neighbour. */
export function withFact<Id extends ProbeId>(scene: Scene, id: Id, change: Partial<FactValue<Id>>): Scene {
  const value = { ...fact(scene, id), ...change };
  return { ...scene, facts: { ...scene.facts, [id]: { ...scene.facts[id], value } } };
}

/** A recorded scene whose container of that name is otherwise. */
export function withContainer(scene: Scene, name: string, change: Partial<DockerContainer>): Scene {
  const { containers } = fact(scene, 'docker');
  return withFact(scene, 'docker', {
    containers: containers.map((c) => (c.name === name ? { ...c, ...change } : c)),
  });
}

/** A recorded scene whose packets died at another rule. */
export function diedAt(scene: Scene, place: Partial<RulePlace>): Scene {
  return {
    ...scene,
    journeys: scene.journeys.map((j) => (j.at ? { ...j, at: { ...j.at, ...place } } : j)),
  };
}

/** A container of a scene, to be altered. */
export function container(scene: Scene, name: string): DockerContainer {
  const found = fact(scene, 'docker').containers.find((c) => c.name === name);
  if (!found) throw new Error(`the scene has no container ${name}`);
  return found;
}

/** Starts in this container. */
export const fromContainer = (name: string) => (flow: FlowResult) =>
  flow.from.where === 'container' && flow.from.name === name;

export const fromGuest = (flow: FlowResult) => flow.from.where === 'guest';
export const fromMac = (flow: FlowResult) => flow.from.where === 'mac';
