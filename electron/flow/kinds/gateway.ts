import { type FlowKind, planned, withWayOut } from '../kind.ts';
import { icmp } from '../script.ts';

/** An echo to the next hop: VirtualBox's NAT for the guest, the bridge for a container. */
export const gateway: FlowKind = {
  id: 'gateway',
  plan: (world) =>
    withWayOut(world).flatMap(({ from, gateway: host }) =>
      host
        ? [
            planned(
              'gateway',
              from,
              { what: 'gateway', proto: 'icmp', host, port: 0, label: host },
              icmp(host),
            ),
          ]
        : [],
    ),
};
