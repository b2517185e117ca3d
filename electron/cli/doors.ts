import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Target } from '../../shared/target.ts';
import { Trouble } from '../../shared/trouble.ts';
import type { Guest } from '../connect/guest.ts';
import { localGuest } from '../connect/local-guest.ts';
import { readRecording } from '../connect/recording-file.ts';
import { replayGuest } from '../connect/replay-guest.ts';
import { connectSsh } from '../connect/ssh-guest.ts';
import { findMachine } from '../discover/find-machine.ts';
import { listMachines } from '../discover/list-machines.ts';
import { waysInto, wayToSsh } from '../discover/ways.ts';
import { type TryFromMac, tryFromMac } from '../flow/mac.ts';
import type { Forward } from '../flow/world.ts';
import type { Chosen, Login, Options } from './options.ts';
import { machineOfRecording, replayFromMac } from './recorded-machine.ts';
import type { Secret } from './secret.ts';

/** A machine that was chosen and found, and how to get in. */
export interface Door {
  machine: { kind: 'virtualbox' | 'ssh' | 'local' | 'recording'; id: string; name: string };
  targets: readonly Target[];
  forwards: readonly Forward[];
  tryFromMac: TryFromMac;
  connect(signal: AbortSignal): Promise<Guest>;
}

/** What doors need from the command line around them. */
export interface DoorTools {
  signal: AbortSignal;
  pinFile: string;
  askFor(secret: Secret, label: string, signal: AbortSignal): Promise<string>;
}

/** The bundled sample: a recorded run on a VM with the fault of the original case. */
const SAMPLE = fileURLToPath(new URL('../sample/docker0-out-of-zone.recording', import.meta.url));

interface SshWay {
  host: string;
  port: number;
  /** Under which the host key is remembered: a VM's UUID survives a change of its port. */
  pinId: string;
  label: string;
}

function overSsh(way: SshWay, login: Login, tools: DoorTools): Door['connect'] {
  const user = login.user ?? userInfo().username;
  const { host, port, pinId, label } = way;
  return (signal) => {
    // To the connection a password that was not given is one that was not tried; the person should hear what was missing.
    let missing: unknown;
    const ask = (secret: Secret) => () =>
      tools.askFor(secret, `${user}@${label}`, signal).catch((error: unknown) => {
        missing = error;
        throw error;
      });
    return connectSsh({
      host,
      port,
      user,
      identityFile: login.identityFile,
      password: login.askPassword ? ask('login') : undefined,
      sudoPassword: login.askSudo ? ask('sudo') : undefined,
      pinId,
      pinFile: tools.pinFile,
      label,
      signal,
    }).catch((error: unknown) => {
      throw missing ?? error;
    });
  };
}

async function virtualboxDoor(
  wanted: string,
  login: Login,
  targets: readonly Target[],
  tools: DoorTools,
): Promise<Door> {
  const machine = findMachine(await listMachines(tools.signal), wanted);
  const { uuid, name } = machine;
  const { host, port } = wayToSsh(machine);
  return {
    machine: { kind: 'virtualbox', id: uuid, name },
    targets,
    forwards: waysInto(machine)
      .filter((way) => way.proto === 'tcp')
      .map((way) => ({ host: way.host, hostPort: way.port, guestPort: way.guestPort })),
    tryFromMac,
    connect: overSsh({ host, port, pinId: uuid, label: name }, login, tools),
  };
}

async function recordingDoor(file: string): Promise<Door> {
  const recording = await readRecording(file);
  const machine = machineOfRecording(recording.machine);
  if (machine === undefined) {
    throw new Trouble('recording-unreadable', {
      path: file,
      detail: 'it does not say which machine and targets it is of',
    });
  }
  const { id, name, targets, forwards, fromMac } = machine;
  return {
    machine: { kind: 'recording', id, name },
    targets,
    forwards,
    tryFromMac: replayFromMac(fromMac),
    connect: async () => replayGuest(recording),
  };
}

/** Finds the machine that was chosen. Throws Troubles of discovery and of recordings; nothing is connected yet. */
export async function openDoor(chosen: Chosen, { targets }: Options, tools: DoorTools): Promise<Door> {
  switch (chosen.kind) {
    case 'virtualbox':
      return virtualboxDoor(chosen.wanted, chosen.login, targets, tools);
    case 'ssh': {
      const { host, port, login } = chosen;
      const name = port === 22 ? host : `${host}:${port}`;
      const connect = overSsh({ host, port, pinId: `${host}:${port}`, label: name }, login, tools);
      return {
        machine: { kind: 'ssh', id: `${host}:${port}`, name },
        targets,
        forwards: [],
        tryFromMac,
        connect,
      };
    }
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
      return recordingDoor(SAMPLE);
  }
}
