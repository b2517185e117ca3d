import { isIPv4 } from 'node:net';
import type { Forward, Machine, Nic, Way } from '../../shared/machine.ts';
import { Trouble } from '../../shared/trouble.ts';

const SSH = 22;
/** Where a forward for SSH is offered first. */
const OFFERED_PORT = 2222;

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
 * How to reach the machine's SSH server. Throws Troubles `vm-inaccessible`, `vm-not-running`, and `vm-no-forward` with
 * the command that would add one.
 */
export function wayToSsh(machine: Machine): Way {
  const { uuid, name, state, trouble } = machine;
  if (trouble) throw new Trouble(trouble.code, { uuid, name, detail: trouble.detail });
  if (state !== 'running') throw new Trouble('vm-not-running', { uuid, name, state });
  const way = waysInto(machine).find(({ proto, guestPort }) => proto === 'tcp' && guestPort === SSH);
  if (way) return way;
  const nat = machine.nics.find((nic) => nic.kind === 'nat');
  throw new Trouble('vm-no-forward', {
    uuid,
    name,
    nics: machine.nics.map((nic) => `${nic.slot}: ${nic.kind}${nic.cable ? '' : ' (cable unplugged)'}`),
    ...(nat && { command: addForward(machine, nat) }),
  });
}

function addForward(machine: Machine, nic: Nic): string {
  const rules = machine.nics.flatMap(({ forwards }) => forwards).filter(({ proto }) => proto === 'tcp');
  let port = OFFERED_PORT;
  while (rules.some((rule) => rule.hostPort === port)) port += 1;
  let name = 'ssh';
  while (nic.forwards.some((rule) => rule.name === name)) name += '-culprit';
  return `VBoxManage controlvm ${machine.uuid} natpf${nic.slot} "${name},tcp,127.0.0.1,${port},,${SSH}"`;
}

function toWay({ slot }: Nic, { name, proto, hostIp, hostPort, guestPort }: Forward): Way {
  // NAT listens on every address when the host IP is empty, 0.0.0.0, or no address at all.
  const host = isIPv4(hostIp) && hostIp !== '0.0.0.0' ? hostIp : '127.0.0.1';
  return { host, port: hostPort, guestPort, proto, why: `port forward "${name}" of network adapter ${slot}` };
}

function rank({ host }: Way): number {
  return host.startsWith('127.') ? 0 : 1;
}
