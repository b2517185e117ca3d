import { type Containers, namespaceOf } from '../probe/containers.ts';
import type { DockerContainer } from '../probe/lib/docker-model.ts';

/** The network that a container was to share, and no longer does. */
export interface LeftNetwork {
  /** The container whose network it was; undefined where there is none of this id any more. */
  owner: DockerContainer | undefined;
}

/**
 * Is this container left alone in the network namespace of another one (`--network container:…`, Compose's `network_mode:
 * service:…`)? Docker makes a new namespace each time that the other one starts, and takes the links out of the old one:
 * who shared it has nothing but loopback until it is started again, too (docker/compose#6626; seen with 20.10.24).
 */
export function leftNetwork(
  { id, networkMode }: DockerContainer,
  all: readonly DockerContainer[],
  nets: Containers,
): LeftNetwork | undefined {
  const [, of] = /^container:(.+)$/.exec(networkMode) ?? [];
  const inside = namespaceOf(nets, id);
  if (of === undefined || !inside || inside.interfaces.some(({ name }) => name !== 'lo')) return undefined;
  const owner = all.find((one) => one.id.startsWith(of) || one.name === of);
  const shared = owner !== undefined && namespaceOf(nets, owner.id) === inside;
  return shared ? undefined : { owner };
}
