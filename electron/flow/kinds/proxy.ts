import { isIP } from 'node:net';
import { type FlowKind, planned } from '../kind.ts';
import { named, tcp } from '../script.ts';
import type { ProxyUse } from '../settings.ts';
import type { World } from '../world.ts';

/**
 * TCP to the proxies that containers and Docker itself are told to use: where one is set, programs go there and nowhere
 * else.
 */
export const proxy: FlowKind = {
  id: 'proxy',
  plan: (world) =>
    world.proxies.flatMap(({ from, host, port }) => {
      const label = `${host}:${port}`;
      if (isIP(host) !== 0)
        return [
          planned('proxy', from, { what: 'internet-ip', proto: 'tcp', host, port, label }, tcp(host, port)),
        ];
      const server = serverOf(from, world);
      return server === undefined
        ? []
        : [
            planned(
              'proxy',
              from,
              { what: 'internet-name', proto: 'tcp', host, port, label },
              named(server, host, port, ''),
            ),
          ];
    }),
};

function serverOf(from: ProxyUse['from'], world: World): string | undefined {
  if (from.where === 'guest') return world.guestResolvers[0];
  return world.places.find(({ origin }) => 'network' in origin && origin.network === from.network)
    ?.resolvers[0];
}
