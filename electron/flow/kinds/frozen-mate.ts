import { type FlowKind, planned } from '../kind.ts';
import { page } from '../script.ts';

/**
 * A paused container, from its mates: a connection to it is accepted, for the kernel does that, so something has to be said to
 * see that nobody answers. Whatever listens there, a request for a page makes it answer or hang up.
 */
export const frozenMate: FlowKind = {
  id: 'frozen-mate',
  plan: (world) =>
    world.places.flatMap(({ origin }) =>
      world.frozen
        .filter(({ network }) => network === origin.network)
        .map(({ name, address, port }) =>
          planned(
            'frozen-mate',
            origin,
            {
              what: 'container-ip',
              proto: 'tcp',
              host: address,
              port,
              label: `${name}:${port}`,
              container: name,
            },
            page(address, port, name, '/'),
          ),
        ),
    ),
};
