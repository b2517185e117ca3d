import type { Forward, Machine, Nic } from '../../shared/machine.ts';
import { toForward } from './forward.ts';
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
  const architecture = first('platformArchitecture');
  return {
    kind: 'virtualbox',
    uuid,
    name,
    state,
    ...(architecture !== undefined && { architecture }),
    nics: parseNics(entries),
  };
}

/** The entry that names what an adapter of a kind hangs on; the slot's number follows. */
const NETWORK_KEYS: Record<string, string> = {
  natnetwork: 'nat-network',
  bridged: 'bridgeadapter',
  hostonly: 'hostonlyadapter',
  hostonlynetwork: 'hostonly-network',
  intnet: 'intnet',
  generic: 'generic',
};

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
      const kind = value.toLowerCase();
      const network = before.get(`${NETWORK_KEYS[kind]}${slot}`);
      const mac = before.get(`macaddress${slot}`);
      nics.push({
        slot: Number(slot),
        kind,
        cable: before.get(`cableconnected${slot}`) !== 'off',
        ...(network !== undefined && { network }),
        ...(mac !== undefined && { mac }),
        forwards: [],
      });
    } else if (key === 'localhostReachable') {
      const nic = nics.at(-1);
      if (nic) nic.hostReachable = value !== '0';
    } else if (/^Forwarding\(\d+\)$/.test(key)) {
      const forward = parseForward(value);
      if (forward) nics.at(-1)?.forwards.push(forward);
    } else before.set(key, value);
  }
  return nics;
}

/** `name,proto,hostip,hostport,guestip,guestport`; the name may hold commas, so it is read from the right. */
function parseForward(value: string): Forward | undefined {
  return toForward(/^(.*),(tcp|udp),([^,]*),(\d+),([^,]*),(\d+)$/s.exec(value));
}
