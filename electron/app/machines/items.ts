import type { MachineItem, SecretKind, VmNoteView } from '../../../shared/app-state.ts';
import type { Machine } from '../../../shared/machine.ts';
import { Trouble } from '../../../shared/trouble.ts';
import { vmNoteText } from '../../../shared/vm-note-text.ts';
import { callText, forwardRemovals, remedyFor } from '../../discover/remedy.ts';
import { type Surroundings, vmNotes } from '../../discover/vm-notes.ts';
import { wayOfVm } from '../../door/ssh-doors.ts';
import type { Book } from '../store/book.ts';
import { bounded, troubleView } from '../trouble-view.ts';

/** Bounds for what comes from outside. */
const MOST_NAME = 200;
const MOST_STATE = 40;
const MOST_MACHINES = 500;
const MOST_NOTES = 12;

export const SAMPLE_ID = 'sample';
const NO_LOGIN = { user: '' };

/** `host:port`, an IPv6 address in brackets. */
export function address(host: string, port: number): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]:${port}` : `${host}:${port}`;
}

function reach(machine: Machine, free: number): MachineItem['reach'] {
  try {
    const { host, port } = wayOfVm(machine, free);
    return { ok: true, at: address(host, port) };
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return { ok: false, trouble: troubleView(error) };
  }
}

function noteViews(vm: Machine, around: Surroundings): VmNoteView[] {
  return vmNotes(vm, around)
    .slice(0, MOST_NOTES)
    .map((note) => {
      const { what, next, ...rest } = vmNoteText(note);
      const commands = note.calls && { commands: note.calls.map(callText) };
      return { ...rest, what: bounded(what), next: bounded(next), ...commands };
    });
}

/** The machines as the window lists them: VMs, hosts, the sample. `port`: where a forward can be added. */
export function machineItems(
  vms: readonly Machine[],
  book: Book,
  remembered: (id: string) => SecretKind[],
  port: number,
  around?: Surroundings,
): MachineItem[] {
  const common = (id: string) => ({
    id,
    remembered: remembered(id),
    focus: book.machines[id]?.focus ?? ('everything' as const),
  });
  return [
    ...vms.slice(0, MOST_MACHINES).map((vm): MachineItem => {
      const id = `vm:${vm.uuid}`;
      const remedy = remedyFor(vm, port);
      return {
        ...common(id),
        kind: 'virtualbox',
        name: vm.name.slice(0, MOST_NAME),
        state: vm.state.slice(0, MOST_STATE),
        reach: reach(vm, port),
        ...(remedy && { remedy: { kind: remedy.kind, command: callText(remedy.call) } }),
        ...(around && { notes: noteViews(vm, around) }),
        hasOwnForward: forwardRemovals(vm).length > 0,
        login: book.machines[id]?.login ?? NO_LOGIN,
      };
    }),
    ...book.hosts.map(
      ({ id, form }): MachineItem => ({
        ...common(id),
        kind: 'ssh',
        name: form.name || form.host,
        state: 'unknown',
        reach: { ok: true, at: form.port === undefined ? form.host : address(form.host, form.port) },
        login: form.login,
        host: form,
      }),
    ),
    {
      ...common(SAMPLE_ID),
      kind: 'sample',
      name: '',
      state: 'unknown',
      reach: { ok: true, at: '' },
      login: NO_LOGIN,
    },
  ];
}
