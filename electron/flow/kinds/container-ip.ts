import { everywhere, type FlowKind, planned } from '../kind.ts';
import { tcp } from '../script.ts';

/**
 * TCP to another container by its address: between containers of one network, and from the guest. Between networks it is
 * not tried: Docker keeps networks apart on purpose.
 */
export const containerIp: FlowKind = {
  id: 'container-ip',
  plan: (world) =>
    everywhere(world).flatMap(({ from }) =>
      world.peers
        .filter(
          (p) =>
            from.where === 'guest' || ('network' in from && p.network === from.network && !isSelf(from, p)),
        )
        .map(({ name, address, port }) =>
          planned(
            'container-ip',
            from,
            {
              what: 'container-ip',
              proto: 'tcp',
              host: address,
              port,
              label: `${name}:${port}`,
              container: name,
            },
            tcp(address, port),
          ),
        ),
    ),
};

function isSelf(from: { where: string; address?: string }, peer: { address: string }): boolean {
  return from.address === peer.address;
}
