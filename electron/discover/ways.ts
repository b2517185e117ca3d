import { isIPv4 } from 'node:net';
import type { Forward, Machine, Nic, Way } from '../../shared/machine.ts';

export const SSH = 22;
/** Adapters behind a NAT, whose forwards lead in. */
const NATS = new Set(['nat', 'natnetwork']);

/**
 * Every way from this computer into a machine that its forwards give, best first: on the loopback address before others.
 * Ones that cannot work (no host port, cable unplugged) are left out.
 */
export function waysInto(machine: Machine): Way[] {
  return forwardsOf(machine)
    .map(([nic, rule]) => toWay(nic, rule))
    .sort((a, b) => rank(a) - rank(b));
}

/**
 * The ways to a machine's SSH server, best first: forwards to port 22 (NAT's own before a NAT network's, loopback before
 * others), forwards to another port where SSH answers, addresses where it does.
 */
export function sshWays(machine: Machine): Way[] {
  const forwards = forwardsOf(machine).filter(([, { proto }]) => proto === 'tcp');
  const to = (found: [Nic, Forward][]) =>
    found.map(([nic, rule]) => toWay(nic, rule)).sort((a, b) => rank(a) - rank(b));
  return [
    ...to(forwards.filter(([{ kind }, rule]) => kind === 'nat' && leadsToSsh(rule))),
    ...to(forwards.filter(([{ kind }, rule]) => kind !== 'nat' && leadsToSsh(rule))),
    ...to(forwards.filter(([, { ssh }]) => ssh)),
    ...machine.nics.flatMap(({ address, ssh, cable }): Way[] =>
      address !== undefined && ssh && cable
        ? [{ host: address, port: SSH, guestPort: SSH, proto: 'tcp', through: 'address' }]
        : [],
    ),
  ];
}

/** Is this forward one to the port that SSH servers have? */
export function leadsToSsh({ proto, guestPort, hostPort }: Forward): boolean {
  return proto === 'tcp' && guestPort === SSH && hostPort > 0;
}

/** Where this computer reaches a forward: NAT listens on every address when the host IP is empty, 0.0.0.0, or no address. */
export function listenAddress({ hostIp }: Pick<Forward, 'hostIp'>): string {
  return isIPv4(hostIp) && hostIp !== '0.0.0.0' ? hostIp : '127.0.0.1';
}

function forwardsOf(machine: Machine): [Nic, Forward][] {
  return machine.nics
    .filter(({ kind, cable }) => NATS.has(kind) && cable)
    .flatMap((nic) =>
      nic.forwards.filter(({ hostPort }) => hostPort > 0).map((rule): [Nic, Forward] => [nic, rule]),
    );
}

function toWay({ kind }: Nic, rule: Forward): Way {
  const through = kind === 'nat' ? 'forward' : 'network-forward';
  return {
    host: listenAddress(rule),
    port: rule.hostPort,
    guestPort: rule.guestPort,
    proto: rule.proto,
    through,
  };
}

function rank({ host }: Way): number {
  return host.startsWith('127.') ? 0 : 1;
}
