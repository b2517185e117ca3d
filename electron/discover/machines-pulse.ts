import { type VBoxManage, VBoxManageError } from './vboxmanage.ts';

/**
 * A sign of change in two cheap calls, however many machines there are: text that differs when a machine was added,
 * removed, renamed, started or stopped. Undefined when VBoxManage does not say. Throws Trouble `cancelled`.
 */
export async function machinesPulse(signal: AbortSignal, run: VBoxManage): Promise<string | undefined> {
  try {
    return `${await run(['list', 'vms'], signal)}\n\n${await run(['list', 'runningvms'], signal)}`;
  } catch (error) {
    if (error instanceof VBoxManageError) return undefined;
    throw error;
  }
}
