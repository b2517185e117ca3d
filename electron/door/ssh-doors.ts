import type { Machine } from '../../shared/machine.ts';
import type { Target } from '../../shared/target.ts';
import { wayToSsh } from '../discover/way-to-ssh.ts';
import { waysInto } from '../discover/ways.ts';
import { tryFromMac } from '../flow/mac.ts';
import type { Door, OpenSsh, SshWay } from './door.ts';

/** Where a VM's SSH server is; `free` is a port for a forward. Throws the Troubles of `wayToSsh`. */
export function wayOfVm(machine: Machine, free?: number): SshWay & { port: number } {
  const { host, port } = wayToSsh(machine, free);
  return { host, port, id: machine.uuid, label: machine.name, ofVm: true };
}

/** The way to a host that was typed in. */
export function wayOfHost(host: string, port: number | undefined, name = ''): SshWay {
  const at = `${host}:${port ?? 22}`;
  return { host, port, id: at, label: name || (at === `${host}:22` ? host : at), ofVm: false };
}

/** The door to a VM of VirtualBox. Throws the Troubles of `wayToSsh`. */
export function vmDoor(machine: Machine, targets: readonly Target[], open: OpenSsh): Door {
  const way = wayOfVm(machine);
  return {
    machine: { kind: 'virtualbox', id: machine.uuid, name: machine.name },
    targets,
    forwards: waysInto(machine)
      .filter(({ proto }) => proto === 'tcp')
      .map(({ host, port, guestPort }) => ({ host, hostPort: port, guestPort })),
    tryFromMac,
    connect: (signal) => open(way, signal),
  };
}

/** The door to a host that was typed in. */
export function hostDoor(way: SshWay, targets: readonly Target[], open: OpenSsh): Door {
  return {
    machine: { kind: 'ssh', id: way.id, name: way.label },
    targets,
    forwards: [],
    tryFromMac,
    connect: (signal) => open(way, signal),
  };
}
