import type { Destination, FlowSpec, Origin } from '../../shared/flow.ts';
import type { Searched } from './name-servers.ts';
import type { Attempt } from './script.ts';
import type { Peer, World } from './world.ts';

/** A flow that is going to be tried: in the guest by a line of bash, or from the Mac by us. */
export interface Planned {
  spec: FlowSpec;
  /** Absent for flows that start on the Mac. */
  attempt?: Attempt;
}

/** One kind of traffic. */
export interface FlowKind {
  readonly id: string;
  /** Which flows of this kind there are in this world. */
  plan(world: World): Planned[];
}

/** What a person calls the place that a flow starts from. */
export function originLabel(from: Origin): string {
  if (from.where === 'container') return from.name;
  if (from.where === 'endpoint') return `${from.bridge} (temporary)`;
  return from.where;
}

/** Puts a flow together; the id is made of what a person would call its ends. */
export function planned(kind: string, from: Origin, to: Destination, attempt?: Attempt): Planned {
  const proto = to.proto === 'tcp' ? '' : `/${to.proto}`;
  const id = `${originLabel(from)}→${kind}:${to.label}${proto}`;
  return { spec: { id, kind, from, to }, ...(attempt ? { attempt } : {}) };
}

/** Another container, by its address. */
export function toPeer({ name, address, port }: Peer): Destination {
  return {
    what: 'container-ip',
    proto: 'tcp',
    host: address,
    port,
    label: `${name}:${port}`,
    container: name,
  };
}

interface Start {
  from: Origin;
  gateway: string | undefined;
  resolvers: string[];
  closed: boolean;
  searched: Searched | undefined;
}

/** The guest, which is the control, and every place of containers. */
export function everywhere(world: World): Start[] {
  const guest: Start = {
    from: { where: 'guest' },
    gateway: world.guestGateway,
    resolvers: world.guestResolvers,
    closed: false,
    searched: world.guestSearched,
  };
  return [
    guest,
    ...world.places.map(({ origin, searched, ...rest }) => ({ from: origin, searched, ...rest })),
  ];
}

/** Those of them that are meant to have a way out. */
export function withWayOut(world: World): Start[] {
  return everywhere(world).filter(({ closed }) => !closed);
}
