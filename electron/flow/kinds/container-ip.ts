import { everywhere, type FlowKind, planned, toPeer } from '../kind.ts';
import { tcp } from '../script.ts';

/**
 * TCP to another container by its address: between containers of one network, and from the guest. Between networks, which
 * Docker keeps apart on purpose, only where it is surely wanted.
 */
export const containerIp: FlowKind = {
  id: 'container-ip',
  plan: (world) =>
    everywhere(world).flatMap(({ from }) =>
      world.peers
        .filter(
          (p) =>
            from.where === 'guest' ||
            ('network' in from && p.network === from.network && !isSelf(from, p)) ||
            (from.where === 'container' && p.mates.includes(from.name)),
        )
        .map((peer) => planned('container-ip', from, toPeer(peer), tcp(peer.address, peer.port))),
    ),
};

function isSelf(from: { where: string; address?: string }, peer: { address: string }): boolean {
  return from.address === peer.address;
}
