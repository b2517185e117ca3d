import ipaddr from 'ipaddr.js';
import type { Origin } from '../../shared/flow.ts';
import type { Target } from '../../shared/target.ts';
import { namespaceOf } from '../probe/containers.ts';
import { toldNotTo } from '../probe/docker.ts';
import type { DockerContainer, DockerNetwork } from '../probe/lib/docker-model.ts';
import type { Resolver } from '../probe/lib/resolv-conf.ts';
import type { Facts } from '../probe/registry.ts';
import { defaultRoute } from '../probe/routes.ts';
import { cutOffMates, idleForwards, isClosedOnPurpose, serviceByName } from './intent.ts';
import { type Pin, type ProxyUse, pinsOf, proxiesOf } from './settings.ts';

/** Something that listens for TCP in a container. */
export interface Peer {
  name: string;
  network: string;
  address: string;
  port: number;
  /** Names that people use for it; none on the default bridge, which has no name server, unless somebody expects one. */
  names: string[];
  /** Containers that can't reach it, for they share no network with it, and surely want to. */
  mates: string[];
}

/** A container that does not run, and that others of its Compose project call by name. */
export interface Absent {
  container: string;
  network: string;
  name: string;
}

/** One place that container traffic starts from: a container, or a temporary endpoint where none runs. */
export interface Place {
  origin: Extract<Origin, { where: 'container' | 'endpoint' }>;
  gateway: string | undefined;
  resolvers: string[];
  /** Its network is meant to have no way out. */
  closed: boolean;
  searched?: Searched | undefined;
}

/** A domain that the C library puts behind names of fewer than `ndots` dots before it asks for them as they are. */
export interface Searched {
  domain: string;
  ndots: number;
}

export interface Published {
  container: string;
  running: boolean;
  hostIp: string;
  hostPort: number;
  behind: { host: string; port: number } | undefined;
}

export interface Forward {
  host: string;
  hostPort: number;
  guestPort: number;
}

/** What flows are planned from. */
export interface World {
  targets: readonly Target[];
  /** The guest's own IPv4 addresses, without loopback. */
  guestAddresses: string[];
  guestGateway: string | undefined;
  guestResolvers: string[];
  guestSearched: Searched | undefined;
  places: Place[];
  peers: Peer[];
  absent: Absent[];
  published: Published[];
  /** The port of the guest's own SSH server, which every address of it answers on. */
  ownDoor: number | undefined;
  proxies: ProxyUse[];
  pins: Pin[];
  /** Published ports go through docker-proxy where the kernel does not translate them itself. */
  userlandProxy: boolean;
  forwards: readonly Forward[];
  /** Those of them that lead to nobody although there is a container that could be meant. */
  idleForwards: readonly Forward[];
}

/** Networks whose traffic is tried: more only repeat what is known. */
const MAX_PLACES = 8;
const MAX_PEERS = 8;
const MAX_PUBLISHED = 12;
const MAX_PROXIES = 6;
const MAX_PINS = 12;
/** Containers of one network that are tried because they are set up in different ways. */
const MAX_ALIKE = 3;
/** Whom the C library asks where no name server is named. */
const NOBODY_NAMED = '127.0.0.1';

/** Derives the world from facts; a missing fact leaves its part empty. */
export function worldFrom(facts: Facts, targets: readonly Target[], forwards: readonly Forward[]): World {
  const interfaces = facts.interfaces.ok ? facts.interfaces.value : [];
  const routes = facts.routes.ok ? facts.routes.value : { routes: [] };
  const docker = facts.docker.ok ? facts.docker.value : undefined;
  const running = (docker?.containers ?? []).filter((c) => c.state === 'running' && c.pid > 0);
  const guestAddresses = interfaces
    .flatMap((i) => i.addresses)
    .filter((a) => a.family === 4 && a.scope === 'global')
    .map((a) => a.address);
  const out = defaultRoute(routes);
  return {
    targets,
    guestAddresses,
    guestGateway: out?.gateway ?? undefined,
    guestResolvers: facts.resolver.ok ? asked(facts.resolver.value.servers) : [],
    guestSearched: facts.resolver.ok ? searchedBy(facts.resolver.value) : undefined,
    places: [
      ...networksWithPlaces(facts, running, out?.dev ?? undefined).flatMap((network) =>
        placesOn(network, running, facts),
      ),
      ...running.filter(shouldHaveNetwork).map(cutOffPlace),
    ].slice(0, MAX_PLACES),
    peers: peersOf(running, docker?.networks ?? [], facts).slice(0, MAX_PEERS),
    absent: absentMates(docker?.containers ?? [], running).slice(0, MAX_PEERS),
    ownDoor: ownDoor(facts),
    published: (docker?.containers ?? []).flatMap(publishedBy).slice(0, MAX_PUBLISHED),
    proxies: proxiesOf(running, docker).slice(0, MAX_PROXIES),
    pins: pinsOf(running, facts).slice(0, MAX_PINS),
    userlandProxy: docker === undefined || !toldNotTo(docker, 'userland-proxy'),
    forwards,
    idleForwards: idleForwards(
      forwards,
      docker?.containers ?? [],
      facts.listeners.ok ? facts.listeners.value : [],
    ),
  };
}

/** A network that containers can be on. */
interface PlacedNetwork {
  name: string;
  /** '' where it is no bridge network. */
  bridge: string;
  isDefault: boolean;
  closed: boolean;
}

/** What macvlan and ipvlan networks hang on, of those that hang on the way out itself. */
const ON_A_PARENT = new Set(['macvlan', 'ipvlan']);

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

/** The name servers that are really asked, IPv4 only. */
function asked(servers: readonly string[]): string[] {
  return servers.length === 0 ? [NOBODY_NAMED] : servers.filter((s) => ipaddr.IPv4.isValid(s));
}

/** Names are searched for by the last `ndots`, 1 without any; at most 15, as in the C library. */
function searchedBy({ search, options }: Resolver): Searched | undefined {
  const [domain] = search;
  const said = options.findLast((word) => /^ndots:\d+$/.test(word));
  const usable = domain !== undefined && /^[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?$/.test(domain);
  return usable ? { domain, ndots: Math.min(15, Number(said?.slice('ndots:'.length) ?? 1)) } : undefined;
}

/** One container for each way in which those on this network are set up; where none runs, a place of our own. */
function placesOn(network: PlacedNetwork, running: DockerContainer[], facts: Facts): Place[] {
  const on = running.filter((c) => c.attachments.some((a) => a.network === network.name && a.ip));
  // A container on this network alone says most clearly what the network does
  const alone = on.filter((c) => c.attachments.length === 1);
  const candidates = alone.length > 0 ? alone : on.slice(0, 1);
  const ways = new Map<string, DockerContainer>();
  for (const container of candidates) {
    const way = wayOf(container, network, facts);
    if (way !== undefined && !ways.has(way)) ways.set(way, container);
  }
  // of those whose inside could not be looked at, nobody knows how they are set up: one stands for all
  const chosen = ways.size > 0 ? [...ways.values()] : candidates.slice(0, 1);
  const places = chosen.map((container) => containerPlace(network, container, facts));
  if (places.length > 0) return places.slice(0, MAX_ALIKE);
  // `docker build` starts on the default bridge, so it is tried even when nothing runs there
  return network.isDefault ? [endpointPlace(network, facts) ?? []].flat() : [];
}

/** What decides how a container's traffic on a network fares, apart from its address. */
function wayOf(container: DockerContainer, network: PlacedNetwork, facts: Facts): string | undefined {
  const all = facts.containers.ok ? facts.containers.value : undefined;
  const inside = all && namespaceOf(all, container.id);
  if (!inside) return undefined;
  const resolver = all?.containers.find((c) => c.id === container.id)?.resolver;
  const link = container.attachments.find((a) => a.network === network.name);
  return JSON.stringify([
    container.dns,
    resolver?.servers,
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

function cutOffPlace(container: DockerContainer): Place {
  const { name, pid } = container;
  // it has no address: nothing that it sends ever shows in the guest
  const origin = { where: 'container', name, network: 'none', pid, address: '0.0.0.0' } as const;
  return { origin, gateway: undefined, resolvers: [], closed: false };
}

function containerPlace(network: PlacedNetwork, container: DockerContainer, facts: Facts): Place {
  const attachment = container.attachments.find((a) => a.network === network.name);
  const inside = facts.containers.ok
    ? facts.containers.value.containers.find((c) => c.id === container.id)
    : undefined;
  return {
    origin: {
      where: 'container',
      name: container.name,
      network: network.name,
      pid: container.pid,
      address: attachment?.ip ?? '',
    },
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

function peersOf(running: DockerContainer[], networks: DockerNetwork[], facts: Facts): Peer[] {
  if (!facts.containers.ok) return [];
  const all = facts.containers.value;
  return running.flatMap((container) => {
    const listeners = namespaceOf(all, container.id)?.listeners ?? [];
    const open = listeners.find((l) => l.proto === 'tcp' && ['0.0.0.0', '::'].includes(l.address));
    if (!open) return [];
    const mates = cutOffMates(container, running, networks);
    const expected = serviceByName(container, running, networks);
    return container.attachments.flatMap(({ network, ip, aliases }) => {
      const bridge = networks.some((n) => n.name === network && n.driver === 'bridge');
      if (!ip || !bridge) return [];
      const known = network === 'bridge' ? (expected ? [expected] : []) : aliases;
      const names = known.length === 0 && network === 'bridge' ? [] : namesOf(container, known);
      return [{ name: container.name, network, address: ip, port: open.port, names, mates }];
    });
  });
}

/**
 * Services of a Compose project that Docker is to keep running, and that don't run while others of the project do, on the
 * same network.
 */
function absentMates(all: readonly DockerContainer[], running: readonly DockerContainer[]): Absent[] {
  return all.flatMap((container) => {
    const { name, compose, state, attachments } = container;
    if (!compose || !container.meantToRun || !['exited', 'dead', 'created'].includes(state)) return [];
    const missed = attachments.filter(({ network }) =>
      running.some(
        (c) => c.compose?.project === compose.project && c.attachments.some((a) => a.network === network),
      ),
    );
    return missed.flatMap(({ network, aliases }) => {
      const [called] = namesOf(container, aliases);
      return network === 'bridge' || called === undefined ? [] : [{ container: name, network, name: called }];
    });
  });
}

/** The port of the guest's SSH server, where it listens on every address. */
function ownDoor(facts: Facts): number | undefined {
  const all = facts.listeners.ok ? facts.listeners.value : [];
  return all.find(
    (l) =>
      l.proto === 'tcp' &&
      ['0.0.0.0', '::'].includes(l.address) &&
      (l.port === 22 || l.processes.some(({ name }) => name === 'sshd')),
  )?.port;
}

/** The names people use: a service's alias before the container's own; Docker also lists its id, which nobody types. */
function namesOf(container: DockerContainer, aliases: string[]): string[] {
  const usable = (name: string) => /^[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*$/.test(name);
  return [...aliases.filter((a) => !container.id.startsWith(a)), container.name].filter(usable);
}

function publishedBy(container: DockerContainer): Published[] {
  const bound = container.publishedPorts.length > 0 ? container.publishedPorts : container.wantedPorts;
  const address = container.attachments.find((a) => a.ip)?.ip;
  return bound
    .filter((p) => p.proto === 'tcp' && p.hostPort > 0 && !p.hostIp.includes(':'))
    .map((p) => ({
      container: container.name,
      running: container.state === 'running',
      hostIp: p.hostIp || '0.0.0.0',
      hostPort: p.hostPort,
      behind: address ? { host: address, port: p.port } : undefined,
    }));
}
