import type { Machine, Remedy } from '../../shared/machine.ts';
import { sshIsUp } from '../connect/ssh-up.ts';
import { findMachine } from '../discover/find-machine.ts';
import { freePort } from '../discover/free-port.ts';
import { listMachines } from '../discover/list-machines.ts';
import { carryOut, remedyFor } from '../discover/remedy.ts';
import type { VBoxManage } from '../discover/vboxmanage.ts';
import { wayOfVm } from './ssh-doors.ts';

/** Seconds that a machine may take to boot. */
export const BOOT_S = 300;
/** Started, resumed, plugged in, a forward added: there is nothing after that. */
const MOST_STEPS = 4;

interface Opening {
  run: VBoxManage;
  /** The changes that the person asked for; nothing else is changed. */
  allowed: ReadonlySet<Remedy['kind']>;
  /** Is told of each change before it is made. */
  told(remedy: Remedy): void;
  signal: AbortSignal;
}

/**
 * Brings a machine to where its SSH server can be reached, by the changes that are allowed, and waits for it if there was
 * any; gives the machine as it is then, and what was done, in order. Throws the Troubles of discovery, `vboxmanage-refused`,
 * those of `wayToSsh` where more would be needed than is allowed, and `ssh-not-up`.
 */
export async function openWay(
  wanted: string,
  { run, allowed, told, signal }: Opening,
): Promise<{ machine: Machine; machines: Machine[]; done: Remedy[] }> {
  const done: Remedy[] = [];
  for (;;) {
    const machines = await listMachines(signal, run);
    const machine = findMachine(machines, wanted);
    const remedy = done.length < MOST_STEPS ? remedyFor(machine, await freePort(machines)) : undefined;
    if (remedy === undefined || !allowed.has(remedy.kind)) {
      if (done.length > 0) await sshIsUp(wayOfVm(machine), BOOT_S, signal);
      return { machine, machines, done };
    }
    told(remedy);
    await carryOut(run, remedy.call, machine.name, signal);
    done.push(remedy);
  }
}
