import { type FlowKind, planned } from '../kind.ts';
import { dots } from '../name-servers.ts';
import { named } from '../script.ts';
import { EMBEDDED_DNS } from './container-name.ts';

/**
 * The name of a neighbour with the first search domain behind it, where the C library asks for that before the name itself.
 * Docker's name server knows the name alone, so a domain that answers to every name takes its callers to somebody else.
 * Only the answer counts, whoever listens there: no program is asked.
 */
export const searchedMate: FlowKind = {
  id: 'searched-mate',
  plan: (world) =>
    world.places.flatMap(({ origin, resolvers, searched }) =>
      world.peers
        .filter(({ network, address }) => network === origin.network && address !== origin.address)
        .flatMap(({ name: container, names: [name], address, port }) => {
          if (name === undefined || searched === undefined || !resolvers.includes(EMBEDDED_DNS)) return [];
          if (dots(name) >= searched.ndots) return [];
          const host = `${name}.${searched.domain}`;
          const behind = { host: address, port };
          return [
            planned(
              'searched-mate',
              origin,
              { what: 'internet-name', proto: 'tcp', host, port: 0, label: host, container, behind },
              named(EMBEDDED_DNS, host, 0, ''),
            ),
          ];
        }),
    ),
};
