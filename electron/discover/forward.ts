import type { Forward } from '../../shared/machine.ts';

/** The forward of a match whose groups are name, protocol, host address and port, guest address and port. */
export function toForward(match: RegExpExecArray | null): Forward | undefined {
  if (!match) return undefined;
  const [, name = '', proto, hostIp = '', hostPort, guestIp = '', guestPort] = match;
  return {
    name,
    proto: proto === 'udp' ? 'udp' : 'tcp',
    hostIp,
    hostPort: Number(hostPort),
    guestIp,
    guestPort: Number(guestPort),
  };
}
