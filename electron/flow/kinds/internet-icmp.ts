import { type FlowKind, planned, withWayOut } from '../kind.ts';
import { icmp } from '../script.ts';

/** An echo to the first address on the internet. It proves little, and so it accuses nobody: see `isTelling`. */
export const internetIcmp: FlowKind = {
  id: 'internet-icmp',
  plan: (world) =>
    withWayOut(world).flatMap(({ from }) =>
      world.targets
        .filter((t) => !t.isName)
        .slice(0, 1)
        .map(({ host }) =>
          planned(
            'internet-icmp',
            from,
            { what: 'internet-ip', proto: 'icmp', host, port: 0, label: host },
            icmp(host),
          ),
        ),
    ),
};
