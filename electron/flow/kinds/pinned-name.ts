import { type FlowKind, originLabel, planned } from '../kind.ts';
import { tcp } from '../script.ts';

/**
 * A name that a container's /etc/hosts ties to an address: the target's, or that of another container. No name server is
 * asked for it, so what counts is whether somebody is at that address.
 */
export const pinnedName: FlowKind = {
  id: 'pinned-name',
  plan: (world) =>
    world.pins.flatMap(({ from, name, address }) => {
      const target = world.targets.find((t) => t.isName && t.host.toLowerCase() === name.toLowerCase());
      const peer = world.peers.find(
        (p) =>
          p.names.includes(name) &&
          p.name !== originLabel(from) &&
          'network' in from &&
          p.network === from.network,
      );
      const port = target?.port ?? peer?.port;
      if (port === undefined) return [];
      return [
        planned(
          'pinned-name',
          from,
          {
            what: target ? 'internet-ip' : 'container-ip',
            proto: 'tcp',
            host: address,
            port,
            label: `${name}:${port} = ${address}`,
            ...(peer && !target ? { container: peer.name } : {}),
          },
          tcp(address, port),
        ),
      ];
    }),
};
