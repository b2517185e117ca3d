import type { FlowKind } from '../kind.ts';
import { planned, withWayOut } from '../kind.ts';
import { page } from '../script.ts';

/** A page to its end, by address: small packets pass where large ones do not. Only for targets that name a page. */
export const internetPage: FlowKind = {
  id: 'internet-page',
  plan: (world) =>
    withWayOut(world).flatMap(({ from }) =>
      world.targets
        .filter((t) => !t.isName && t.url.startsWith('http:') && new URL(t.url).pathname !== '/')
        .map(({ host, port, url }) =>
          planned(
            'internet-page',
            from,
            {
              what: 'internet-ip',
              proto: 'tcp',
              host,
              port,
              label: `${host}:${port}${new URL(url).pathname}`,
            },
            page(host, port, host, new URL(url).pathname),
          ),
        ),
    ),
};
