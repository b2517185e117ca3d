import { type FlowKind, planned } from '../kind.ts';
import { named } from '../script.ts';

/** Docker's embedded name server, on every network but the default bridge. */
export const EMBEDDED_DNS = '127.0.0.11';

/** TCP to another container by the name that people use: its service's, else its own. */
export const containerName: FlowKind = {
  id: 'container-name',
  plan: (world) =>
    world.places
      .filter(({ origin, resolvers }) => resolvers.includes(EMBEDDED_DNS) || origin.network === 'bridge')
      .flatMap(({ origin, resolvers: [server = EMBEDDED_DNS] }) =>
        world.peers
          .filter(
            (p) =>
              (p.network === origin.network && p.address !== origin.address) ||
              (origin.where === 'container' && p.mates.includes(origin.name)),
          )
          .flatMap(({ name, names: [host], port }) =>
            host === undefined
              ? []
              : [
                  planned(
                    'container-name',
                    origin,
                    {
                      what: 'container-name',
                      proto: 'tcp',
                      host,
                      port,
                      label: `${host}:${port}`,
                      container: name,
                    },
                    named(server, host, port, ''),
                  ),
                ],
          ),
      ),
};
