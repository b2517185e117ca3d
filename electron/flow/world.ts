import type { Target } from '../../shared/target.ts';
import { namespaceOf } from '../probe/containers.ts';
import { toldNotTo } from '../probe/docker.ts';
import type { DockerContainer, DockerNetwork } from '../probe/lib/docker-model.ts';
import type { Facts } from '../probe/registry.ts';
import { defaultRoute } from '../probe/routes.ts';
import { cutOffMates, idleForwards, serviceByName } from './intent.ts';
import { asked, type Searched, searchedBy } from './name-servers.ts';
import { originOn, type Place, placesOf } from './places.ts';
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

export interface Published {
  container: string;
  running: boolean;
  hostIp: string;
  hostPort: number;
  behind: { host: string; port: number } | undefined;
  /** A neighbour of its container on each network that it is on. */
  neighbours: Place['origin'][];
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
  /** The addresses of containers that are on several networks. */
  manifold: { name: string; addresses: string[] }[];
  peers: Peer[];
  absent: Absent[];
  /** The same of those that are paused: the kernel accepts connections for them, and nobody speaks. */
  frozen: Peer[];
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

/** Derives the world from facts; a missing fact leaves its part empty. */
export function worldFrom(facts: Facts, targets: readonly Target[], forwards: readonly Forward[]): World {
  const interfaces = facts.interfaces.ok ? facts.interfaces.value : [];
  const routes = facts.routes.ok ? facts.routes.value : { routes: [] };
  const docker = facts.docker.ok ? facts.docker.value : undefined;
  const running = (docker?.containers ?? []).filter((c) => c.state === 'running' && c.pid > 0);
  const frozen = (docker?.containers ?? []).filter(
    (c) => c.state === 'paused' && c.attachments.some(({ network }) => hasMates(c, network, running)),
  );
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
    places: placesOf(facts, running, out?.dev ?? undefined).slice(0, MAX_PLACES),
    manifold: running.flatMap(({ name, attachments }) => {
      const addresses = attachments.flatMap(({ ip }) => (ip ? [ip] : []));
      return addresses.length > 1 ? [{ name, addresses }] : [];
    }),
    peers: peersOf(running, docker?.networks ?? [], facts).slice(0, MAX_PEERS),
    absent: absentMates(docker?.containers ?? [], running).slice(0, MAX_PEERS),
    frozen: peersOf(frozen, docker?.networks ?? [], facts).slice(0, MAX_PEERS),
    ownDoor: ownDoor(facts),
    published: (docker?.containers ?? []).flatMap((c) => publishedBy(c, running)).slice(0, MAX_PUBLISHED),
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

function peersOf(containers: DockerContainer[], networks: DockerNetwork[], facts: Facts): Peer[] {
  if (!facts.containers.ok) return [];
  const all = facts.containers.value;
  return containers.flatMap((container) => {
    const listeners = namespaceOf(all, container.id)?.listeners ?? [];
    const open = listeners.find((l) => l.proto === 'tcp' && ['0.0.0.0', '::'].includes(l.address));
    if (!open) return [];
    const mates = cutOffMates(container, containers, networks);
    const expected = serviceByName(container, containers, networks);
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
    const { name, state, meantToRun } = container;
    if (!meantToRun || !['exited', 'dead', 'created'].includes(state)) return [];
    return container.attachments.flatMap(({ network, aliases }) => {
      const [called] = namesOf(container, aliases);
      if (network === 'bridge' || called === undefined || !hasMates(container, network, running)) return [];
      return [{ container: name, network, name: called }];
    });
  });
}

/** Do others of this container's Compose project run on that network? */
function hasMates(
  { compose }: DockerContainer,
  network: string,
  running: readonly DockerContainer[],
): boolean {
  return running.some(
    (c) =>
      compose !== null &&
      c.compose?.project === compose.project &&
      c.attachments.some((a) => a.network === network),
  );
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

function publishedBy(container: DockerContainer, running: readonly DockerContainer[]): Published[] {
  const bound = container.publishedPorts.length > 0 ? container.publishedPorts : container.wantedPorts;
  const address = container.attachments.find((a) => a.ip)?.ip;
  const neighbours = container.attachments.flatMap(({ network }) => {
    const beside = running.find(
      ({ id, attachments }) => id !== container.id && attachments.some((a) => a.network === network && a.ip),
    );
    return beside ? [originOn(beside, network)] : [];
  });
  return bound
    .filter((p) => p.proto === 'tcp' && p.hostPort > 0 && !p.hostIp.includes(':'))
    .map((p) => ({
      container: container.name,
      running: container.state === 'running',
      hostIp: p.hostIp || '0.0.0.0',
      hostPort: p.hostPort,
      behind: address ? { host: address, port: p.port } : undefined,
      neighbours,
    }));
}
