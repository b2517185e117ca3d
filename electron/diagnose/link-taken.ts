import type { FlowResult, Origin } from '../../shared/flow.ts';
import { namespaceOf } from '../probe/containers.ts';
import { sentTo } from './address-of.ts';
import { covers } from './covers.ts';
import { lookUp } from './routing.ts';
import type { Scene } from './rule.ts';

/** By which of its networks a container sends, and with which address. */
interface Link {
  network: string;
  address: string;
}

/**
 * A container on several networks sends to the world by one of them only, the one that its default route leads to, and to
 * its mates by theirs: whatever network the flow was planned for.
 */
export function linkTaken(
  flow: FlowResult,
  from: Extract<Origin, { where: 'container' }>,
  scene: Scene,
): Link {
  const { docker, containers } = scene.facts;
  const container = docker.ok ? docker.value.containers.find(({ name }) => name === from.name) : undefined;
  if (!docker.ok || !containers.ok || !container || container.attachments.length < 2) return from;
  const inside = namespaceOf(containers.value, container.id);
  const asked = sentTo(flow, scene.world);
  const route =
    inside && asked !== undefined
      ? lookUp(inside, { source: undefined, destination: asked, iif: 'lo' })?.route
      : undefined;
  const next = route?.gateway ?? (route ? asked : undefined);
  if (next === undefined) return from;
  const network = docker.value.networks.find(({ subnets }) =>
    subnets.some(({ subnet }) => covers(subnet, next)),
  );
  const link = container.attachments.find((a) => a.network === network?.name);
  return link?.ip ? { network: link.network, address: link.ip } : from;
}
