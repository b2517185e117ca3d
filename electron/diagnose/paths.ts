import type { FlowResult } from '../../shared/flow.ts';
import { EMBEDDED_DNS } from '../flow/kinds/container-name.ts';
import { covers } from './covers.ts';
import { linkTaken } from './link-taken.ts';
import type { Scene } from './rule.ts';

/** The bridge in the guest that a container's flow goes out by, or that a published port leads to. */
export function bridgeOf(flow: FlowResult, scene: Scene): string | undefined {
  const docker = scene.facts.docker;
  const networks = docker.ok ? docker.value.networks : [];
  if (flow.from.where === 'endpoint') return flow.from.bridge;
  if (flow.from.where === 'container') {
    const { network } = linkTaken(flow, flow.from, scene);
    return networks.find((n) => n.name === network)?.bridge ?? undefined;
  }
  const behind = flow.to.behind?.host ?? (flow.to.what === 'container-ip' ? flow.to.host : undefined);
  return (
    (behind && networks.find((n) => n.subnets.some((s) => covers(s.subnet, behind)))?.bridge) || undefined
  );
}

/**
 * Must the guest's kernel forward this flow from one interface to another? Traffic within a bridge, and the guest's own,
 * needs no forwarding; the embedded name server asks on the container's behalf, from inside of its network.
 */
export function leavesItsBridge(flow: FlowResult, scene: Scene): boolean {
  if (flow.from.where === 'mac') return true;
  if (flow.from.where === 'guest') return false;
  const { what, host } = flow.to;
  if (what === 'container-ip' || what === 'container-name' || what === 'gateway') return false;
  return host === EMBEDDED_DNS || !scene.world.guestAddresses.includes(host);
}

/** Must the guest and a container on this bridge know each other's hardware address for this flow? */
export function meetsVm(flow: FlowResult, bridge: string, scene: Scene): boolean {
  const { what } = flow.to;
  const within = flow.from.where === 'container' && (what === 'container-ip' || what === 'container-name');
  return bridgeOf(flow, scene) === bridge && !within;
}
