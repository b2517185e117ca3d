import type { Cause } from '../../shared/cause.ts';
import type { FlowResult } from '../../shared/flow.ts';
import type { NatDns } from '../../shared/nat-dns.ts';
import type { Journey } from '../../shared/trace.ts';
import type { World } from '../flow/world.ts';
import type { Facts, FactValue, ProbeId } from '../probe/registry.ts';
import type { Knowledge } from './sources.ts';

/** How early on a packet's way a cause lies; what blocks first heads the list where two explain as much. */
export const LAYERS = [
  'machine',
  'daemon',
  'container',
  'link',
  'route',
  'kernel',
  'filter',
  'name',
  'port',
] as const;
export type Layer = (typeof LAYERS)[number];

/** A cause that a rule concludes. */
export interface Finding extends Cause {
  layer: Layer;
  /** Ids of rules whose findings this one says better, about the same flows. */
  insteadOf?: readonly string[];
  /** To be told only of flows that nobody else explains. */
  lastResort?: true;
}

/** What every rule may look at besides the facts it names. */
export interface Scene {
  facts: Facts;
  world: World;
  flows: readonly FlowResult[];
  /** Flows that failed and whose failure tells something. */
  bad: readonly FlowResult[];
  journeys: readonly Journey[];
  /** Of a VM of VirtualBox, where they could be had: the DNS modes of its adapters. */
  natDns?: readonly NatDns[];
}

type Needed<Needs extends readonly ProbeId[]> = { [Id in Needs[number]]: FactValue<Id> };

/**
 * One piece of knowledge: which facts it needs, what it concludes from them and the scene, and for each cause that it can
 * conclude, where that is known from.
 */
export interface Rule {
  readonly id: string;
  readonly needs: readonly ProbeId[];
  /** By the `id` of the findings. */
  readonly causes: Readonly<Record<string, Knowledge>>;
  judge(facts: never, scene: Scene): Finding[];
}

/**
 * Defines a rule. `judge` gets the values of the facts in `needs`, all of which could be had, and returns a finding for
 * each cause it sees: none where it does not apply.
 */
export function defineRule<const Needs extends readonly ProbeId[]>(rule: {
  id: string;
  needs: Needs;
  causes: Readonly<Record<string, Knowledge>>;
  judge(facts: Needed<Needs>, scene: Scene): Finding[];
}): Rule {
  return rule as Rule;
}
