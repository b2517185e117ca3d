import { type FlowKind, planned, toPeer } from '../kind.ts';
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
        .map((peer) =>
          planned('frozen-mate', origin, toPeer(peer), page(peer.address, peer.port, peer.name, '/')),
        ),
    ),
};
