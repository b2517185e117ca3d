import { everywhere, type FlowKind, planned } from '../kind.ts';
import { tcp } from '../script.ts';

/**
 * TCP from containers to the guest's own SSH server: it stands for whatever the guest offers to them. Many a guest closes
 * itself to containers on purpose, so that this failing accuses nobody by itself: see `badFlows`.
 */
export const guestService: FlowKind = {
  id: 'guest-service',
  plan: (world) => {
    const [host] = world.guestAddresses;
    const port = world.ownDoor;
    if (host === undefined || port === undefined) return [];
    return everywhere(world)
      .filter(({ from }) => from.where !== 'guest')
      .map(({ from }) =>
        planned(
          'guest-service',
          from,
          { what: 'gateway', proto: 'tcp', host, port, label: `${host}:${port}` },
          tcp(host, port),
        ),
      );
  },
};
