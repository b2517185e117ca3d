import { type FlowKind, planned } from '../kind.ts';
import { named } from '../script.ts';
import { EMBEDDED_DNS } from './container-name.ts';

/**
 * The name of a container that should run and does not, asked for by its mates: they get nowhere before they ever send it
 * a packet.
 */
export const absentMate: FlowKind = {
  id: 'absent-mate',
  plan: (world) =>
    world.places
      .filter(({ resolvers }) => resolvers.includes(EMBEDDED_DNS))
      .flatMap(({ origin }) =>
        world.absent
          .filter(({ network }) => network === origin.network)
          .map(({ name, container }) =>
            planned(
              'absent-mate',
              origin,
              { what: 'container-name', proto: 'tcp', host: name, port: 0, label: name, container },
              named(EMBEDDED_DNS, name, 0, ''),
            ),
          ),
      ),
};
