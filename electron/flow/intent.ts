import type { DockerContainer, DockerNetwork } from '../probe/lib/docker-model.ts';
import type { Listener } from '../probe/lib/proc-net.ts';

/*
 * What people want to work, where Docker does not promise it: told by what they named, asked for and put together. What
 * nobody wanted is not tried, so that it can't fail.
 */

/** Which bridge networks a container is on. */
function networksOf(container: DockerContainer, networks: readonly DockerNetwork[]): DockerNetwork[] {
  return networks.filter(
    ({ name, driver }) => driver === 'bridge' && container.attachments.some((a) => a.network === name),
  );
}

/**
 * Is this internal network one that is meant to have no way out? It is where a container on it has a way out by another
 * network; it is not where all of them have none, or where one that is on no other asks for a port to be published.
 */
export function isClosedOnPurpose(
  network: DockerNetwork,
  running: readonly DockerContainer[],
  networks: readonly DockerNetwork[],
): boolean {
  if (!network.internal) return false;
  const shut = (c: DockerContainer) => networksOf(c, networks).every(({ internal }) => internal);
  const on = running.filter((c) => c.attachments.some((a) => a.network === network.name));
  return on.some((c) => !shut(c)) && !on.some((c) => shut(c) && c.wantedPorts.length > 0);
}

/**
 * The containers of the same Compose project that surely want to reach this one, and can't: it is alone on its networks
 * and publishes nothing, so that nobody at all could use what it offers.
 */
export function cutOffMates(
  container: DockerContainer,
  running: readonly DockerContainer[],
  networks: readonly DockerNetwork[],
): string[] {
  const project = container.compose?.project;
  const mine = networksOf(container, networks).map(({ name }) => name);
  const others = running.filter((c) => c.id !== container.id);
  const shares = (c: DockerContainer) => c.attachments.some((a) => mine.includes(a.network));
  if (project === undefined || mine.length === 0 || container.wantedPorts.length > 0 || others.some(shares))
    return [];
  return others.filter((c) => c.compose?.project === project).map(({ name }) => name);
}

/**
 * The service that a container on the default bridge is by its name, `db` for `shop-db-1`, where it was not Compose that
 * made it and the network of that Compose project lies empty: its mates know it by this name.
 */
export function serviceByName(
  container: DockerContainer,
  running: readonly DockerContainer[],
  networks: readonly DockerNetwork[],
): string | undefined {
  if (container.compose) return undefined;
  for (const { name, labels } of networks) {
    const project = labels['com.docker.compose.project'];
    if (!project || running.some((c) => c.attachments.some((a) => a.network === name))) continue;
    const rest = container.name.startsWith(project) ? container.name.slice(project.length) : '';
    const service = /^[-_](.+)[-_]\d+$/.exec(rest)?.[1];
    if (service) return service;
  }
  return undefined;
}

/** A port as both sides of a forward have it. */
interface Leads {
  guestPort: number;
}

/**
 * The forwards that lead nowhere although a container has something to offer: nothing in the guest listens there, no
 * container publishes any TCP port that a forward leads to, and one publishes another port, or has a port that its image
 * exposes and it does not publish.
 */
export function idleForwards<F extends Leads>(
  forwards: readonly F[],
  containers: readonly DockerContainer[],
  listeners: readonly Listener[],
): F[] {
  const wanted = new Set(
    containers.flatMap((c) => c.wantedPorts.flatMap((p) => (p.proto === 'tcp' ? [p.hostPort] : []))),
  );
  if (forwards.some(({ guestPort }) => wanted.has(guestPort))) return [];
  const offers = (c: DockerContainer) =>
    unpublishedPort(c) !== undefined || (c.state === 'running' && c.wantedPorts.length > 0);
  if (!containers.some(offers)) return [];
  return forwards.filter(
    ({ guestPort }) => !listeners.some((l) => l.proto === 'tcp' && l.port === guestPort),
  );
}

/** The first TCP port that a running container exposes while it publishes nothing. */
export function unpublishedPort(container: DockerContainer): number | undefined {
  if (container.state !== 'running' || container.wantedPorts.length > 0) return undefined;
  return container.exposedPorts.find(({ proto }) => proto === 'tcp')?.port;
}
