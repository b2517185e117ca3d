import { type Containers, namespaceOf } from '../probe/containers.ts';
import type { Interface } from '../probe/interfaces.ts';
import type { DockerContainer } from '../probe/lib/docker-model.ts';

/** A container's link to one of its networks. */
export interface Veth {
  /** Its end inside, by the hardware address that Docker gave it, or by its IP address where it has another one; undefined when it is gone. */
  end: Interface | undefined;
  /** Its end in the guest; undefined when that can't be told. */
  port: Interface | undefined;
}

/** A running container's link to a network; undefined where it is not on it, or its inside could not be looked at. */
export function vethOf(
  container: DockerContainer,
  network: string,
  interfaces: readonly Interface[],
  containers: Containers,
): Veth | undefined {
  const attachment = container.attachments.find((a) => a.network === network);
  const inside = namespaceOf(containers, container.id);
  if (container.state !== 'running' || !attachment?.mac || !inside) return undefined;
  const links = inside.interfaces.filter(({ peerIndex }) => peerIndex !== null);
  const end =
    links.find(({ mac }) => mac === attachment.mac) ??
    links.find(({ addresses }) => addresses.some(({ address }) => address === attachment.ip));
  return { end, port: interfaces.find((i) => i.index === end?.peerIndex) };
}
