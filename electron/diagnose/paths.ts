import ipaddr from 'ipaddr.js';
import type { FlowResult } from '../../shared/flow.ts';
import { EMBEDDED_DNS } from '../flow/kinds/container-name.ts';
import type { Scene } from './rule.ts';

/** The bridge in the guest that a container's flow goes out by, or that a published port leads to. */
export function bridgeOf(flow: FlowResult, scene: Scene): string | undefined {
  const docker = scene.facts.docker;
  const networks = docker.ok ? docker.value.networks : [];
  if (flow.from.where === 'endpoint') return flow.from.bridge;
  if (flow.from.where === 'container') {
    const { network } = flow.from;
    return networks.find((n) => n.name === network)?.bridge ?? undefined;
  }
  const behind = flow.to.behind?.host ?? (flow.to.what === 'container-ip' ? flow.to.host : undefined);
  return (
    (behind && networks.find((n) => n.subnets.some((s) => covers(s.subnet, behind)))?.bridge) || undefined
  );
}

/** Does the prefix hold the address? False for anything that is not IPv4. */
export function covers(prefix: string, address: string): boolean {
  if (!ipaddr.IPv4.isValidCIDR(prefix) || !ipaddr.IPv4.isValid(address)) return false;
  const [net, bits] = ipaddr.IPv4.parseCIDR(prefix);
  return ipaddr.IPv4.parse(address).match(net, bits);
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

/** The address that a flow was really sent to, where it is known: names have been resolved to it. */
export function addressOf(flow: FlowResult): string | undefined {
  return [flow.to.host, flow.resolved].find((host) => host !== undefined && ipaddr.IPv4.isValid(host));
}
