import type { Machine, MachineTrouble } from '../../shared/machine.ts';
import { Trouble } from '../../shared/trouble.ts';
import { parseMachine, parseVmList } from './parse-machine.ts';
import { findVBoxManage, type VBoxManage, VBoxManageError } from './vboxmanage.ts';

/** More at a time is no faster: they all wait for the one VBoxSVC. */
const AT_A_TIME = 4;

/**
 * All machines of VirtualBox, in its order. One that cannot be read is there too, with its trouble. Throws Troubles
 * `vboxmanage-missing`, `vboxmanage-failed` (when there is not even a list), `cancelled`.
 */
export async function listMachines(signal?: AbortSignal, vboxmanage?: VBoxManage): Promise<Machine[]> {
  const run = vboxmanage ?? (await findVBoxManage());
  const uuids = parseVmList(await list(run, signal));
  const machines: Machine[] = [];
  const todo = uuids.entries();
  const worker = async () => {
    for (const [at, uuid] of todo) machines[at] = await readMachine(run, uuid, signal);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return machines;
}

async function list(run: VBoxManage, signal: AbortSignal | undefined): Promise<string> {
  try {
    return await run(['list', 'vms'], signal);
  } catch (error) {
    if (!(error instanceof VBoxManageError)) throw error;
    const command = 'VBoxManage list vms';
    throw new Trouble('vboxmanage-failed', { command, detail: error.message }, { cause: error });
  }
}

async function readMachine(run: VBoxManage, uuid: string, signal: AbortSignal | undefined): Promise<Machine> {
  try {
    const text = await run(['showvminfo', uuid, '--machinereadable'], signal);
    return (
      parseMachine(text, uuid) ?? broken(uuid, 'vboxmanage-failed', 'The output of showvminfo is cut off')
    );
  } catch (error) {
    if (!(error instanceof VBoxManageError)) throw error;
    const code = error.stderr.includes('E_ACCESSDENIED') ? 'vm-inaccessible' : 'vboxmanage-failed';
    return broken(uuid, code, error.message);
  }
}

function broken(uuid: string, code: MachineTrouble['code'], detail: string): Machine {
  return { kind: 'virtualbox', uuid, name: uuid, state: 'unknown', nics: [], trouble: { code, detail } };
}
