import ipaddr from 'ipaddr.js';
import type { FlowResult, FlowSpec, Origin } from '../../shared/flow.ts';
import { EMBEDDED_DNS } from '../flow/kinds/container-name.ts';
import type { World } from '../flow/world.ts';

/** The addresses that a flow's packets carry in the guest. */
export interface Ends {
  sources: string[];
  destinations: string[];
}

const LOOPBACK = '127.0.0.1';

function sourcesOf(from: Origin, world: World): string[] {
  switch (from.where) {
    case 'container': {
      // it sends by the network that its routes choose, with its address there
      const others = world.manifold.find(({ name }) => name === from.name)?.addresses ?? [];
      return [...new Set([from.address, ...others])];
    }
    case 'endpoint':
      return [from.address];
    case 'guest':
      return [...world.guestAddresses, LOOPBACK];
    case 'mac':
      // VirtualBox's NAT gives its own gateway as the sender of what comes from the Mac
      return world.guestGateway ? [world.guestGateway] : [];
  }
}

/** The address that a name was resolved to when the flow was tried. */
function resolvedTo(flow: FlowResult | undefined): string[] {
  const address = flow?.resolved;
  return address && ipaddr.IPv4.isValidFourPartDecimal(address) ? [address] : [];
}

/**
 * Where a flow's packets come from and go to, as addresses. `measured` is the flow as it ended: for names it has what they
 * resolved to. Docker's embedded name server is no place that packets go to: it asks the guest's own servers on the
 * container's behalf.
 */
export function endsOf(spec: FlowSpec, world: World, measured: FlowResult | undefined): Ends {
  const sources = sourcesOf(spec.from, world);
  const { what, host } = spec.to;
  if (what === 'internet-name' || what === 'container-name') {
    const known = resolvedTo(measured);
    const peer = world.peers.filter((p) => p.name === spec.to.container).map((p) => p.address);
    return { sources, destinations: known.length > 0 ? known : peer };
  }
  if (host === EMBEDDED_DNS) {
    return {
      sources: [...sources, ...world.guestAddresses],
      destinations: world.guestResolvers.filter((s) => ipaddr.IPv4.isValid(s)),
    };
  }
  if (spec.from.where === 'mac') return { sources, destinations: world.guestAddresses };
  return { sources, destinations: [host] };
}
