import type { Remedy } from '../../shared/machine.ts';
import { localGuest } from '../connect/local-guest.ts';
import { connectSsh } from '../connect/ssh-guest.ts';
import { machineState } from '../discover/machine-state.ts';
import { natDns } from '../discover/nat-dns.ts';
import { carryOut } from '../discover/remedy.ts';
import { surroundings } from '../discover/surroundings.ts';
import { findVBoxManage } from '../discover/vboxmanage.ts';
import { vmNotes } from '../discover/vm-notes.ts';
import type { Door, OpenSsh } from '../door/door.ts';
import { openWay } from '../door/open-way.ts';
import { recordingDoor } from '../door/recording-door.ts';
import { hostDoor, vmDoor, wayOfHost } from '../door/ssh-doors.ts';
import { type Stop, type StopQuestions, sshTarget } from '../door/ssh-target.ts';
import { tryFromMac } from '../flow/mac.ts';
import type { Chosen, Login, Options } from './options.ts';

/** What doors need from the command line around them. */
export interface DoorTools {
  signal: AbortSignal;
  pinFile: string;
  /** In place of the user's ssh_config. */
  configFile: string | undefined;
  askSudo(label: string, signal: AbortSignal): Promise<string>;
  /** What the login to a stop may ask; passwords only with `askPassword`. */
  questions(stop: Stop, askPassword: boolean, signal: AbortSignal): StopQuestions;
  /** Is told of each change to VirtualBox before it is made. */
  told(remedy: Remedy): void;
}

/** A door that may have changed VirtualBox to be one. */
export interface OpenedDoor extends Door {
  /** Takes away the forward that was added. */
  takeBack?(): Promise<void>;
}

function withLogin(login: Login, tools: DoorTools): OpenSsh {
  return async (way, signal) => {
    const { pinFile, configFile } = tools;
    const { user, identityFile } = login;
    const questions = (stop: Stop) => tools.questions(stop, login.askPassword, signal);
    const target = await sshTarget(way, { user, identityFile, pinFile, configFile, questions, signal });
    const { label } = way;
    return connectSsh({
      ...target,
      sudoPassword: login.askSudo ? () => tools.askSudo(`${target.user}@${label}`, signal) : undefined,
      label,
      signal,
    });
  };
}

/** Finds the machine that was chosen. Throws Troubles of discovery and of recordings; nothing is connected yet. */
export async function openDoor(
  chosen: Exclude<Chosen, { kind: 'log' }>,
  { targets }: Options,
  tools: DoorTools,
): Promise<OpenedDoor> {
  switch (chosen.kind) {
    case 'virtualbox': {
      const { wanted, allowed, login } = chosen;
      const run = await findVBoxManage();
      const { signal, told } = tools;
      const { machine, machines, done } = await openWay(wanted, { run, allowed, told, signal });
      return {
        ...vmDoor(machine, targets, withLogin(login, tools)),
        notes: vmNotes(machine, await surroundings(machines, run, signal)),
        natDns: natDns(run, machine.uuid, signal),
        machineState: (signal) => machineState(run, machine.uuid, signal),
        takeBack: async () => {
          const added = done.filter(({ kind }) => kind === 'add-forward');
          for (const { undo } of added) await carryOut(run, undo, machine.name);
        },
      };
    }
    case 'ssh':
      return hostDoor(wayOfHost(chosen.host, chosen.port), targets, withLogin(chosen.login, tools));
    case 'local':
      return {
        machine: { kind: 'local', id: 'local', name: 'this computer' },
        targets,
        forwards: [],
        tryFromMac,
        connect: () => localGuest(),
      };
    case 'recording':
      return recordingDoor(chosen.file);
    case 'sample':
      return recordingDoor();
  }
}
