import type { MachineItem, RunItem } from '../../shared/app-state.ts';
import { call } from '../api.ts';
import { tell, useStore } from '../store.ts';
import { useFrame } from './frame-store.ts';

/** Shows a machine with its newest run. */
export function selectMachine(machine: string): void {
  useStore.setState({ selection: { machine } });
}

/** Shows one run. */
export function selectRun(run: string): void {
  useStore.setState({ selection: { run } });
}

/** Begins a diagnosis and shows it. */
export function diagnose(machine: string): Promise<void> {
  return order(machine, () => call('startRun', { machine }));
}

/** Begins a run on a machine and shows it. */
export async function order(machine: string, start: () => Promise<unknown>): Promise<void> {
  if (useFrame.getState().starting.includes(machine)) return;
  selectMachine(machine);
  useFrame.setState(({ starting }) => ({ starting: [...starting, machine] }));
  try {
    await tell(start());
  } finally {
    useFrame.setState(({ starting }) => ({ starting: starting.filter((one) => one !== machine) }));
  }
}

/** Carries out what was offered to reach a machine. */
export async function openWay({ id, remedy }: MachineItem): Promise<void> {
  if (remedy === undefined || useFrame.getState().opening.includes(id)) return;
  useFrame.setState(({ opening }) => ({ opening: [...opening, id] }));
  try {
    await tell(call('openWay', { machine: id, command: remedy.command }));
  } finally {
    stopWaiting(id);
  }
}

/** Lets a machine take its time: its SSH server is waited for no longer. */
export function stopWaiting(machine: string): void {
  useFrame.setState(({ opening }) => ({ opening: opening.filter((one) => one !== machine) }));
}

/** Lets the person say where VBoxManage is. */
export async function chooseVBoxManage(): Promise<void> {
  await tell(call('chooseVBoxManage'));
}

/** Lets the person choose a tracer's text, and shows what is in it. */
export async function openLog(): Promise<void> {
  const opened = await call('openLog');
  if (opened) selectRun(opened.run);
}

/** Stops a run; returns when nothing of it is left in the guest. */
export async function stop({ id }: Pick<RunItem, 'id'>): Promise<void> {
  useFrame.setState(({ stopping }) => ({ stopping: [...stopping, id] }));
  try {
    await tell(call('stopRun', { run: id }));
  } finally {
    useFrame.setState(({ stopping }) => ({ stopping: stopping.filter((one) => one !== id) }));
  }
}

/** Can a diagnosis of it begin? */
export function canDiagnose(machine: MachineItem | undefined): machine is MachineItem {
  return machine?.reach.ok === true;
}
