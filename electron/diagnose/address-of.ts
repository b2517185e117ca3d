import ipaddr from 'ipaddr.js';
import type { FlowResult } from '../../shared/flow.ts';
import { EMBEDDED_DNS } from '../flow/kinds/container-name.ts';
import type { World } from '../flow/world.ts';

/** The address that a flow was really sent to, where it is known: names have been resolved to it. */
export function addressOf(flow: FlowResult): string | undefined {
  return [flow.to.host, flow.resolved].find((host) => host !== undefined && ipaddr.IPv4.isValid(host));
}

/** The same of what the guest forwards: Docker's name server asks the guest's own on the container's behalf. */
export function sentTo(flow: FlowResult, { guestResolvers }: World): string | undefined {
  return flow.to.host === EMBEDDED_DNS
    ? guestResolvers.find((server) => ipaddr.IPv4.isValid(server))
    : addressOf(flow);
}
