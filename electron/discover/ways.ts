import { isIPv4 } from 'node:net';
import type { Forward, Machine, Nic, Way } from '../../shared/machine.ts';
import { Trouble } from '../../shared/trouble.ts';
import { unclaimedPort } from './free-port.ts';
import { callText, remedyFor } from './remedy.ts';

const SSH = 22;
/**
 * Every way from this computer into a machine that its NAT forwards give, best first: on the loopback address before
 * others. Ones that cannot work (no host port, cable unplugged) are left out.
 */
export function waysInto(machine: Machine): Way[] {
  return machine.nics
    .filter((nic) => nic.kind === 'nat' && nic.cable)
    .flatMap((nic) => nic.forwards.filter((rule) => rule.hostPort > 0).map((rule) => toWay(nic, rule)))
    .sort((a, b) => rank(a) - rank(b));
}

/**
 * How to reach the machine's SSH server. Throws Troubles `vm-inaccessible`, `vm-not-running` and `vm-no-forward`, the
 * latter two with the command that helps, if one does; `port` is where a forward would be added.
 */
export function wayToSsh(machine: Machine, port = unclaimedPort([machine])): Way {
  const { uuid, name, state, trouble } = machine;
  if (trouble) throw new Trouble(trouble.code, { uuid, name, detail: trouble.detail });
  const remedy = remedyFor(machine, port);
  const help = remedy && { command: callText(remedy.call) };
  if (state !== 'running') throw new Trouble('vm-not-running', { uuid, name, state, ...help });
  const way = waysInto(machine).find(({ proto, guestPort }) => proto === 'tcp' && guestPort === SSH);
  if (way) return way;
  const nics = machine.nics.map((nic) => `${nic.slot}: ${nic.kind}${nic.cable ? '' : ' (cable unplugged)'}`);
  throw new Trouble('vm-no-forward', { uuid, name, nics, ...help });
}

function toWay({ slot }: Nic, { name, proto, hostIp, hostPort, guestPort }: Forward): Way {
  // NAT listens on every address when the host IP is empty, 0.0.0.0, or no address at all.
  const host = isIPv4(hostIp) && hostIp !== '0.0.0.0' ? hostIp : '127.0.0.1';
  return { host, port: hostPort, guestPort, proto, why: `port forward "${name}" of network adapter ${slot}` };
}

function rank({ host }: Way): number {
  return host.startsWith('127.') ? 0 : 1;
}
