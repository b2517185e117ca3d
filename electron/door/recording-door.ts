import { fileURLToPath } from 'node:url';
import { Trouble } from '../../shared/trouble.ts';
import type { Recording } from '../connect/recording.ts';
import { readRecording } from '../connect/recording-file.ts';
import { replayGuest } from '../connect/replay-guest.ts';
import type { Door } from './door.ts';
import { machineOfRecording, replayFromMac } from './recorded-machine.ts';

/** The bundled sample: a recorded run on a VM with the fault of the original case. */
const SAMPLE = fileURLToPath(new URL('../sample/docker0-out-of-zone.recording', import.meta.url));

/** The door to a machine that was recorded. Throws the Troubles of recordings. */
export async function recordingDoor(file = SAMPLE): Promise<Door> {
  return doorToRecording(await readRecording(file), file);
}

/** The same for a recording that is read already; `file` is only for the Trouble. */
export function doorToRecording(recording: Recording, file: string): Door {
  const machine = machineOfRecording(recording.machine);
  if (machine === undefined) {
    throw new Trouble('recording-unreadable', {
      path: file,
      detail: {
        en: 'it does not say which machine and targets it is of',
        'zh-CN': '其中没有注明所属的虚拟机和测试目标',
      },
    });
  }
  const { id, name, targets, forwards, fromMac, natDns } = machine;
  return {
    machine: { kind: 'recording', id, name },
    targets,
    forwards,
    tryFromMac: replayFromMac(fromMac),
    ...(natDns && { natDns: Promise.resolve(natDns) }),
    connect: async () => replayGuest(recording),
  };
}
