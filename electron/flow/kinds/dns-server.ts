import { type FlowKind, planned, withWayOut } from '../kind.ts';
import { dns } from '../script.ts';
import { QUESTION } from './internet-udp.ts';

/** Do the name servers that this place is told to use answer, over UDP and over TCP? */
export const dnsServer: FlowKind = {
  id: 'dns-server',
  plan: (world) =>
    withWayOut(world).flatMap(({ from, resolvers }) =>
      resolvers.flatMap((host) =>
        (['udp', 'tcp'] as const).map((proto) =>
          planned(
            'dns-server',
            from,
            { what: 'dns-server', proto, host, port: 53, label: `${host}:53` },
            dns(proto, host, QUESTION),
          ),
        ),
      ),
    ),
};
