import { type FlowKind, planned } from '../kind.ts';
import { peek } from '../script.ts';

/**
 * From a container to a port that another one on its network publishes, by the guest's address. Only where there is no
 * docker-proxy: then the packets turn round on their own bridge, which takes more than other ways.
 */
export const hairpin: FlowKind = {
  id: 'hairpin',
  plan: (world) => {
    const [host] = world.guestAddresses;
    if (world.userlandProxy || host === undefined) return [];
    return world.published
      .filter(({ hostIp }) => hostIp === '0.0.0.0')
      .flatMap(({ neighbours, hostPort, container, behind }) =>
        neighbours.map((origin) =>
          planned(
            'hairpin',
            origin,
            {
              what: 'published-port',
              proto: 'tcp',
              host,
              port: hostPort,
              label: `${host}:${hostPort} (${container})`,
              container,
              ...(behind ? { behind } : {}),
            },
            peek(host, hostPort),
          ),
        ),
      );
  },
};
