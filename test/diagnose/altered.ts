import type { Scene } from '../../electron/diagnose/rule.ts';
import type { DockerContainer } from '../../electron/probe/lib/docker-model.ts';
import type { FactValue, ProbeId } from '../../electron/probe/registry.ts';
import type { RulePlace } from '../../shared/trace.ts';

/** The value of a fact that the scene surely has. */
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
