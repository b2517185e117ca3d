import { type FlowKind, planned, withWayOut } from '../kind.ts';
import { dots } from '../name-servers.ts';
import { named } from '../script.ts';

/**
 * A name of the internet with the first search domain behind it, where the C library tries that before the name itself:
 * where it has fewer dots than `ndots` says. Nobody should know such a name; a domain that answers to every name captures it.
 */
export const searchedName: FlowKind = {
  id: 'searched-name',
  plan: (world) =>
    withWayOut(world).flatMap(({ from, resolvers: [server], searched }) =>
      world.targets
        .filter(
          (t) => t.isName && server !== undefined && searched !== undefined && dots(t.host) < searched.ndots,
        )
        .slice(0, 1)
        .map(({ host, port }) => {
          const name = `${host}.${searched?.domain}`;
          return planned(
            'searched-name',
            from,
            { what: 'internet-name', proto: 'tcp', host: name, port, label: `${name}:${port}` },
            named(server ?? '', name, port, ''),
          );
        }),
    ),
};
