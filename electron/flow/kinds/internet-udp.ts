import { type FlowKind, planned, withWayOut } from '../kind.ts';
import { dns } from '../script.ts';

/** A name every DNS server can answer for; reserved for examples by IANA. */
export const QUESTION = 'example.com';

/** UDP to the internet: a DNS question to each target that is a name server. Told apart from TCP by many firewalls. */
export const internetUdp: FlowKind = {
  id: 'internet-udp',
  plan: (world) =>
    withWayOut(world).flatMap(({ from }) =>
      world.targets
        .filter((t) => !t.isName && t.port === 53)
        .map(({ host, port }) =>
          planned(
            'internet-udp',
            from,
            { what: 'dns-server', proto: 'udp', host, port, label: `${host}:${port}` },
            dns('udp', host, QUESTION),
          ),
        ),
    ),
};
