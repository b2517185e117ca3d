import ipaddr from 'ipaddr.js';
import type { Origin } from '../../shared/flow.ts';
import { namespaceOf } from '../probe/containers.ts';
import type { DockerContainer } from '../probe/lib/docker-model.ts';
import type { Facts } from '../probe/registry.ts';
import { isClosedOnPurpose } from './intent.ts';
import { asked, type Searched, searchedBy } from './name-servers.ts';
import { leftNetwork } from './shared-network.ts';

/** One place that container traffic starts from: a container, or a temporary endpoint where none runs. */
export interface Place {
  origin: Extract<Origin, { where: 'container' | 'endpoint' }>;
  gateway: string | undefined;
  resolvers: string[];
  /** Its network is meant to have no way out. */
  closed: boolean;
  searched?: Searched | undefined;
}

/** Containers of one network that are tried because they are set up in different ways. */
const MAX_ALIKE = 3;

/** All places that container traffic starts from; `uplink` is the device that leads out. */
export function placesOf(facts: Facts, running: DockerContainer[], uplink: string | undefined): Place[] {
  return [
    ...networksWithPlaces(facts, running, uplink).flatMap((network) => placesOn(network, running, facts)),
    ...running.filter((c) => shouldHaveNetwork(c) || hasLostNetwork(c, facts)).map(cutOffPlace),
  ];
}

/** A network that containers can be on. */
interface PlacedNetwork {
  name: string;
  /** '' where it is no bridge network. */
  bridge: string;
  isDefault: boolean;
  closed: boolean;
}

/** Drivers whose networks hang on an interface of the VM. */
export const ON_A_PARENT: ReadonlySet<string> = new Set(['macvlan', 'ipvlan']);

/**
 * Docker's bridge networks, and those on the adapter that leads out; without Docker's answer, docker0 alone, which outlives
 * the daemon.
 */
function networksWithPlaces(
  facts: Facts,
  running: DockerContainer[],
  uplink: string | undefined,
): PlacedNetwork[] {
  const networks = facts.docker.ok ? facts.docker.value.networks : [];
  if (networks.length > 0) {
    return networks.flatMap((n) => {
      const { name, bridge } = n;
      if (ON_A_PARENT.has(n.driver) && uplink !== undefined && n.options.parent === uplink)
        return [{ name, bridge: '', isDefault: false, closed: n.internal }];
      if (n.driver !== 'bridge' || !bridge) return [];
      return [
        { name, bridge, isDefault: name === 'bridge', closed: isClosedOnPurpose(n, running, networks) },
      ];
    });
  }
  const links = facts.interfaces.ok ? facts.interfaces.value : [];
  return links.some((i) => i.name === 'docker0')
    ? [{ name: 'bridge', bridge: 'docker0', isDefault: true, closed: false }]
    : [];
}

/** One container for each way in which those on this network are set up; where none runs, a place of our own. */
function placesOn(network: PlacedNetwork, running: DockerContainer[], facts: Facts): Place[] {
  const on = running.filter((c) => c.attachments.some((a) => a.network === network.name && a.ip));
  // A container on this network alone says most clearly what the network does
  const alone = on.filter((c) => c.attachments.length === 1);
  const several = on.filter((c) => c.attachments.length > 1);
  // but to one that is alone there only those on other networks, too, ever turn
  const candidates = alone.length > 1 ? alone : [...alone, ...several.slice(0, 1)];
  // who is called from without calls the others, and seldom they it; Docker lists the newest first
  const callers = [...candidates].sort((a, b) => Number(isPublished(b)) - Number(isPublished(a)));
  const ways = new Map<string, DockerContainer>();
  for (const container of callers) {
    const way = wayOf(container, network, facts);
    if (way !== undefined && !ways.has(way)) ways.set(way, container);
  }
  // of those whose inside could not be looked at, nobody knows how they are set up: one stands for all
  const chosen = ways.size > 0 ? [...ways.values()] : callers.slice(0, 1);
  const places = chosen.map((container) => containerPlace(network, container, facts));
  if (places.length > 0) return places.slice(0, MAX_ALIKE);
  // `docker build` starts on the default bridge, so it is tried even when nothing runs there
  return network.isDefault ? [endpointPlace(network, facts) ?? []].flat() : [];
}

const isPublished = ({ wantedPorts }: DockerContainer) => wantedPorts.length > 0;

/** What decides how a container's traffic on a network fares, apart from its address. */
function wayOf(container: DockerContainer, network: PlacedNetwork, facts: Facts): string | undefined {
  const all = facts.containers.ok ? facts.containers.value : undefined;
  const inside = all && namespaceOf(all, container.id);
  if (!inside) return undefined;
  const resolver = all?.containers.find((c) => c.id === container.id)?.resolver;
  const link = container.attachments.find((a) => a.network === network.name);
  return JSON.stringify([
    container.attachments.length > 1,
    container.dns,
    resolver && [resolver.servers, searchedBy(resolver)],
    inside.routes
      .filter((r) => r.family === 4 && r.table !== 'local')
      .map((r) => [r.type, r.dst, r.gateway === link?.gateway, r.table]),
    inside.rules.filter((r) => r.family === 4).map((r) => r.text),
    inside.interfaces.map((i) => [i.kind, i.up, i.qdisc, i.mtu]),
  ]);
}

/** A container without any network that serves something, or belongs to a project: that it has none is hardly meant. */
function shouldHaveNetwork(container: DockerContainer): boolean {
  const { networkMode, wantedPorts, exposedPorts, compose } = container;
  return networkMode === 'none' && (wantedPorts.length > 0 || exposedPorts.length > 0 || compose !== null);
}

/** A container whose network went with the container that it shared it with. */
function hasLostNetwork(container: DockerContainer, { docker, containers }: Facts): boolean {
  if (!docker.ok || !containers.ok) return false;
  return leftNetwork(container, docker.value.containers, containers.value) !== undefined;
}

function cutOffPlace({ name, pid, networkMode }: DockerContainer): Place {
  // it has no address: nothing that it sends ever shows in the guest
  const network = networkMode.replace(/:.*/, '');
  const origin = { where: 'container', name, network, pid, address: '0.0.0.0' } as const;
  return { origin, gateway: undefined, resolvers: [], closed: false };
}

/** What is sent from a container on one of its networks. */
export function originOn({ name, pid, attachments }: DockerContainer, network: string): Place['origin'] {
  const address = attachments.find((a) => a.network === network)?.ip ?? '';
  return { where: 'container', name, network, pid, address };
}

function containerPlace(network: PlacedNetwork, container: DockerContainer, facts: Facts): Place {
  const attachment = container.attachments.find((a) => a.network === network.name);
  const inside = facts.containers.ok
    ? facts.containers.value.containers.find((c) => c.id === container.id)
    : undefined;
  return {
    origin: originOn(container, network.name),
    gateway: attachment?.gateway ?? undefined,
    resolvers: inside?.resolver ? asked(inside.resolver.servers).slice(0, 2) : [],
    closed: network.closed,
    searched: inside?.resolver ? searchedBy(inside.resolver) : undefined,
  };
}

/** A free address near the top of the bridge's subnet, where Docker's own allocation comes last. */
function endpointPlace(network: PlacedNetwork, facts: Facts): Place | undefined {
  const link = (facts.interfaces.ok ? facts.interfaces.value : []).find((i) => i.name === network.bridge);
  const own = link?.addresses.find((a) => a.family === 4);
  if (!own || own.prefix > 29) return undefined;
  const broadcast = ipaddr.IPv4.broadcastAddressFromCIDR(`${own.address}/${own.prefix}`).toByteArray();
  const taken = new Set((facts.neighbours.ok ? facts.neighbours.value : []).map((n) => n.address));
  for (let back = 2; back < 6; back++) {
    const bytes = [...broadcast];
    bytes[3] = (bytes[3] ?? 0) - back;
    const address = bytes.join('.');
    if (address === own.address || taken.has(address)) continue;
    return {
      origin: {
        where: 'endpoint',
        network: network.name,
        bridge: network.bridge,
        address,
        prefix: own.prefix,
        gateway: own.address,
      },
      gateway: own.address,
      resolvers: [],
      closed: network.closed,
    };
  }
  return undefined;
}
