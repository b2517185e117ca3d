import type { Planned } from './kind.ts';
import { FLOW_KINDS } from './kinds/registry.ts';
import type { World } from './world.ts';

/** More would take longer than they tell. */
const MAX_FLOWS = 120;

/** Every flow that is to be tried in this world, no two the same. */
export function planFlows(world: World): Planned[] {
  const byId = new Map<string, Planned>();
  for (const kind of FLOW_KINDS) {
    for (const flow of kind.plan(world)) if (!byId.has(flow.spec.id)) byId.set(flow.spec.id, flow);
  }
  return [...byId.values()].slice(0, MAX_FLOWS);
}
