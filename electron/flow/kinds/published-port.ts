import type { Destination, Origin } from '../../../shared/flow.ts';
import { type FlowKind, type Planned, planned } from '../kind.ts';
import { peek } from '../script.ts';
import type { Forward, Published, World } from '../world.ts';

/**
 * Published ports, as they are really used: from the guest at the address they are bound to, and from the Mac through a
 * forward that leads there.
 */
export const publishedPort: FlowKind = {
  id: 'published-port',
  plan: (world) => [
    ...world.published.flatMap((port) => [...fromGuest(port, world), ...fromMac(port, world)]),
    ...world.idleForwards.map(toNobody),
  ],
};

/** What the Mac would send there arrives at a port of the guest that no container publishes. */
function toNobody({ host, hostPort: port, guestPort }: Forward): Planned {
  const to = {
    what: 'published-port',
    proto: 'tcp',
    host,
    port,
    label: `${host}:${port}`,
    guestPort,
  } as const;
  return planned('published-port', { where: 'mac' }, to);
}

function to(port: Published, host: string, hostPort: number): Destination {
  return {
    what: 'published-port',
    proto: 'tcp',
    host,
    port: hostPort,
    label: `${host}:${hostPort} (${port.container})`,
    container: port.container,
    ...(port.behind ? { behind: port.behind } : {}),
  };
}

function fromGuest(port: Published, world: World): Planned[] {
  const from: Origin = { where: 'guest' };
  const everyAddress = port.hostIp === '0.0.0.0';
  // The address that VirtualBox's forwards lead to comes first among the guest's own
  const host = everyAddress ? world.guestAddresses[0] : port.hostIp;
  // and people in the guest itself type localhost
  const hosts = [host, ...(everyAddress ? ['127.0.0.1'] : [])].filter((h) => h !== undefined);
  return hosts.map((h) =>
    planned('published-port', from, to(port, h, port.hostPort), peek(h, port.hostPort)),
  );
}

function fromMac(port: Published, world: World): Planned[] {
  return world.forwards
    .filter((forward) => forward.guestPort === port.hostPort)
    .map(({ host, hostPort, guestPort }) =>
      planned('published-port', { where: 'mac' }, { ...to(port, host, hostPort), guestPort }),
    );
}
