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
    return world.published.flatMap((port) =>
      world.places
        .filter(
          ({ origin }) =>
            port.hostIp === '0.0.0.0' &&
            world.peers.some(
              (p) =>
                p.name === port.container && p.network === origin.network && p.address !== origin.address,
            ),
        )
        .map(({ origin }) =>
          planned(
            'hairpin',
            origin,
            {
              what: 'published-port',
              proto: 'tcp',
              host,
              port: port.hostPort,
              label: `${host}:${port.hostPort} (${port.container})`,
              container: port.container,
              ...(port.behind ? { behind: port.behind } : {}),
            },
            peek(host, port.hostPort),
          ),
        ),
    );
  },
};
