import { isIPv4 } from 'node:net';
import type { Forward, Machine, Nic } from '../../shared/machine.ts';
import { unclaimedPort } from './free-port.ts';
import type { Listeners } from './listeners.ts';
import { forwardsCall } from './remedy.ts';

/** Calls of VBoxManage, in order. */
type Calls = string[][];

const LIVE = new Set(['running', 'paused']);
const OFF = new Set(['poweroff', 'aborted']);
/** A rule's fields are parted by commas, and whoever pastes a command must see all that is in it. */
const PLAIN = /^[\p{L}\p{N} ._()-]+$/u;

/** Plugs an adapter's cable in. */
export function plugIn({ uuid, state }: Machine, slot: number): Calls {
  if (LIVE.has(state)) return [['controlvm', uuid, `setlinkstate${slot}`, 'on']];
  return OFF.has(state) ? [['modifyvm', uuid, `--cableconnected${slot}`, 'on']] : [];
}

/** Lets the VM reach this computer's loopback address; VirtualBox takes that only while the VM is off. */
export function showHost({ uuid }: Machine, slot: number): Calls {
  return [['modifyvm', uuid, `--nat-localhostreachable${slot}`, 'on']];
}

/** Binds a forward to the loopback address. */
export function bindToLoopback(machine: Machine, nic: Nic, rule: Forward): Calls {
  return replaced(machine, nic, rule, { hostIp: '127.0.0.1' });
}

/** Gives a forward a port that no other has and on which nobody listens. */
export function moveAway(
  machine: Machine,
  nic: Nic,
  rule: Forward,
  { machines, listeners }: { machines: readonly Machine[]; listeners: Listeners },
): Calls {
  let hostPort = rule.hostPort;
  do hostPort = unclaimedPort([machine, ...machines], hostPort + 1);
  while (listeners.has(hostPort));
  return hostPort > 65535 ? [] : replaced(machine, nic, rule, { hostPort });
}

function replaced({ uuid, state }: Machine, { slot }: Nic, old: Forward, change: Partial<Forward>): Calls {
  const { name, proto, hostIp, hostPort, guestIp, guestPort } = { ...old, ...change };
  if (!PLAIN.test(name) || ![hostIp, guestIp].every((ip) => ip === '' || isIPv4(ip))) return [];
  if (!LIVE.has(state) && !OFF.has(state)) return [];
  const rules = forwardsCall(uuid, slot, LIVE.has(state));
  return [
    [...rules, 'delete', name],
    [...rules, [name, proto, hostIp, hostPort, guestIp, guestPort].join(',')],
  ];
}
