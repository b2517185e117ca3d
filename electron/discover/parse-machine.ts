import type { Forward, Machine, Nic } from '../../shared/machine.ts';
import { type Entry, readEntries } from './machine-readable.ts';

/**
 * The UUIDs in `list vms`, in VirtualBox's order. The names in it are not escaped at all: only what ends a line counts,
 * and whatever is found is asked for by UUID.
 */
export function parseVmList(text: string): string[] {
  const found = text.matchAll(/" \{([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}\r?$/gm);
  return [...new Set([...found].map((match) => match[1] ?? ''))];
}

/**
 * A machine from `showvminfo UUID --machinereadable`, or undefined when the output is cut off or of another machine.
 * (With a locale that is not UTF-8, VBoxManage stops in the middle and exits with 0.)
 */
export function parseMachine(text: string, uuid: string): Machine | undefined {
  const entries = readEntries(text);
  const first = (key: string) => entries.find(([name]) => name === key)?.[1];
  const name = first('name');
  const state = first('VMState');
  const complete = first('GuestMemoryBalloon') !== undefined;
  if (name === undefined || !state || !complete || first('UUID') !== uuid) return undefined;
  return { kind: 'virtualbox', uuid, name, state, nics: parseNics(entries) };
}

/**
 * Entries of a NIC come in a fixed order: its network, `macaddressN`, `cableconnectedN`, `nicN`, then without number its
 * NAT settings and rules. `Forwarding(0)` begins anew with each NIC, so the order is all there is to go by.
 */
function parseNics(entries: readonly Entry[]): Nic[] {
  const nics: Nic[] = [];
  const before = new Map<string, string>();
  for (const [key, value] of entries) {
    const slot = /^nic(\d+)$/.exec(key)?.[1];
    if (slot !== undefined) {
      if (value === 'none') continue;
      const natnet = value === 'nat' ? before.get(`natnet${slot}`) : before.get(`nat-network${slot}`);
      nics.push({
        slot: Number(slot),
        kind: value.toLowerCase(),
        cable: before.get(`cableconnected${slot}`) !== 'off',
        ...(natnet === undefined ? {} : { natnet }),
        forwards: [],
      });
    } else if (/^Forwarding\(\d+\)$/.test(key)) {
      const forward = parseForward(value);
      if (forward) nics.at(-1)?.forwards.push(forward);
    } else before.set(key, value);
  }
  return nics;
}

/** `name,proto,hostip,hostport,guestip,guestport`; the name may hold commas, so it is read from the right. */
function parseForward(value: string): Forward | undefined {
  const match = /^([\s\S]*),(tcp|udp),([^,]*),(\d+),([^,]*),(\d+)$/.exec(value);
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
