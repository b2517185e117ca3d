import type { Machine, MachineTrouble } from '../../shared/machine.ts';
import { Trouble } from '../../shared/trouble.ts';
import { parseLongList } from './long-list.ts';
import { parseMachine, parseVmList } from './parse-machine.ts';
import { withReach } from './reach.ts';
import { findVBoxManage, type VBoxManage, VBoxManageError } from './vboxmanage.ts';

/** More at a time is no faster: they all wait for the one VBoxSVC. */
const AT_A_TIME = 4;
/** Up to so many are asked for one by one: that takes no longer. */
const FEW = 4;

/**
 * All machines of VirtualBox, in its order. One that cannot be read is there too, with its trouble. Throws Troubles
 * `vboxmanage-missing`, `vboxmanage-failed` (when there is not even a list), `cancelled`.
 */
export async function listMachines(signal?: AbortSignal, vboxmanage?: VBoxManage): Promise<Machine[]> {
  const run = vboxmanage ?? (await findVBoxManage());
  const uuids = parseVmList(await list(run, signal));
  const known = uuids.length > FEW ? await readMany(run, signal) : new Map<string, Machine>();
  const machines: (Machine | undefined)[] = [];
  const todo = uuids.entries();
  const worker = async () => {
    for (const [at, uuid] of todo) machines[at] = known.get(uuid) ?? (await readMachine(run, uuid, signal));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  const found = machines.filter((machine) => machine !== undefined);
  return withReach(found, { run, signal });
}

async function list(run: VBoxManage, signal: AbortSignal | undefined): Promise<string> {
  try {
    return await read(run, ['list', 'vms'], signal);
  } catch (error) {
    if (!(error instanceof VBoxManageError)) throw error;
    const command = 'VBoxManage list vms';
    throw new Trouble('vboxmanage-failed', { command, detail: error.message }, { cause: error });
  }
}

/** The machines that one call tells reliably: most of those that are off. */
async function readMany(run: VBoxManage, signal: AbortSignal | undefined): Promise<Map<string, Machine>> {
  try {
    return parseLongList(await run(['list', '-l', 'vms'], signal));
  } catch (error) {
    if (!(error instanceof VBoxManageError)) throw error;
    return new Map();
  }
}

/** Undefined when there is no such machine: it was removed meanwhile, or another's name only looks like a list. */
async function readMachine(
  run: VBoxManage,
  uuid: string,
  signal: AbortSignal | undefined,
): Promise<Machine | undefined> {
  try {
    const text = await read(run, ['showvminfo', uuid, '--machinereadable'], signal);
    return (
      parseMachine(text, uuid) ?? broken(uuid, 'vboxmanage-failed', 'The output of showvminfo is cut off')
    );
  } catch (error) {
    if (!(error instanceof VBoxManageError)) throw error;
    if (error.stderr.includes('VBOX_E_OBJECT_NOT_FOUND')) return undefined;
    const code = error.stderr.includes('E_ACCESSDENIED') ? 'vm-inaccessible' : 'vboxmanage-failed';
    return broken(uuid, code, error.message);
  }
}

/** Asks once more when VBoxSVC was not there: it ends by itself now and then, and calls that come then fail. */
async function read(run: VBoxManage, args: readonly string[], signal?: AbortSignal): Promise<string> {
  try {
    return await run(args, signal);
  } catch (error) {
    const gone =
      error instanceof VBoxManageError && /Failed to create the VirtualBox object/.test(error.stderr);
    if (!gone) throw error;
    return run(args, signal);
  }
}

function broken(uuid: string, code: MachineTrouble['code'], detail: string): Machine {
  return { kind: 'virtualbox', uuid, name: uuid, state: 'unknown', nics: [], trouble: { code, detail } };
}
