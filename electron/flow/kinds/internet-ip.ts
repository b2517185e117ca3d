import { type FlowKind, planned, withWayOut } from '../kind.ts';
import { tcp } from '../script.ts';

/** TCP to addresses on the internet, no name involved: from the guest as the control, and from every network. */
export const internetIp: FlowKind = {
  id: 'internet-ip',
  plan: (world) =>
    withWayOut(world).flatMap(({ from }) =>
      world.targets
        .filter((t) => !t.isName)
        .map(({ host, port }) =>
          planned(
            'internet-ip',
            from,
            { what: 'internet-ip', proto: 'tcp', host, port, label: `${host}:${port}` },
            tcp(host, port),
          ),
        ),
    ),
};
