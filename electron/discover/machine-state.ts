import { parseMachine } from './parse-machine.ts';
import { type VBoxManage, VBoxManageError } from './vboxmanage.ts';

/** VirtualBox's word for the state that a machine is in now; undefined when it does not say. Throws Trouble `cancelled`. */
export async function machineState(
  run: VBoxManage,
  uuid: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    return parseMachine(await run(['showvminfo', uuid, '--machinereadable'], signal), uuid)?.state;
  } catch (error) {
    if (!(error instanceof VBoxManageError)) throw error;
    return undefined;
  }
}
