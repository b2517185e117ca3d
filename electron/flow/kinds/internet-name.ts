import { type FlowKind, planned, withWayOut } from '../kind.ts';
import { named } from '../script.ts';

/** A name on the internet, as a program would go there: ask the resolver of that place, then connect, then read a page. */
export const internetName: FlowKind = {
  id: 'internet-name',
  plan: (world) =>
    withWayOut(world).flatMap(({ from, resolvers }) =>
      world.targets
        .filter((t) => t.isName && resolvers.length > 0)
        .map(({ host, port, url }) =>
          planned(
            'internet-name',
            from,
            { what: 'internet-name', proto: 'tcp', host, port, label: `${host}:${port}` },
            named(resolvers[0] ?? '', host, port, url.startsWith('http:') ? pathOf(url) : ''),
          ),
        ),
    ),
};

/** The path of a URL, for an HTTP request. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}
