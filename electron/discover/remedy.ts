import type { Machine, Nic, Remedy } from '../../shared/machine.ts';
import { Trouble } from '../../shared/trouble.ts';
import type { VBoxManage } from './vboxmanage.ts';
import { VBoxManageError } from './vboxmanage.ts';

const SSH = 22;
/** The name of the forwards that Culprit adds: by it they are known when they are to go. */
const OWN = 'culprit-ssh';
/** VirtualBox's words for a machine that can be started; the last one says so of a saved state that is damaged. */
const OFF = new Set(['poweroff', 'aborted', 'saved', 'aborted-saved']);

/**
 * The next step towards an SSH server that can be reached: the machine is started or resumed, its cable plugged in, a
 * forward added on `port` of 127.0.0.1. Undefined where none of these would help, or none is needed.
 */
export function remedyFor(machine: Machine, port: number): Remedy | undefined {
  const { uuid, state, nics, trouble } = machine;
  if (trouble) return undefined;
  const control = (...args: string[]) => ['controlvm', uuid, ...args];
  if (OFF.has(state)) {
    const undo = control(state === 'saved' ? 'savestate' : 'acpipowerbutton');
    return { kind: 'start', call: ['startvm', uuid, '--type', 'headless'], undo };
  }
  if (state === 'paused') return { kind: 'resume', call: control('resume'), undo: control('pause') };
  const nats = nics.filter(({ kind }) => kind === 'nat');
  const plugged = nats.filter(({ cable }) => cable);
  if (state !== 'running' || plugged.some(leadsToSsh)) return undefined;
  const nic = nats.find(leadsToSsh) ?? plugged[0] ?? nats[0];
  if (nic === undefined) return undefined;
  if (!nic.cable) {
    const link = `setlinkstate${nic.slot}`;
    return { kind: 'plug-cable', call: control(link, 'on'), undo: control(link, 'off') };
  }
  const rules = `natpf${nic.slot}`;
  const name = ownName(nic);
  return {
    kind: 'add-forward',
    call: control(rules, `${name},tcp,127.0.0.1,${port},,${SSH}`),
    undo: control(rules, 'delete', name),
  };
}

/** The calls that take away the forwards which Culprit added to a machine, whether it runs or not. */
export function forwardRemovals({ uuid, state, nics }: Machine): string[][] {
  return nics.flatMap(({ slot, forwards }) =>
    forwards
      .filter(({ name }) => isOwn(name))
      .map(({ name }) =>
        OFF.has(state)
          ? ['modifyvm', uuid, `--natpf${slot}`, 'delete', name]
          : ['controlvm', uuid, `natpf${slot}`, 'delete', name],
      ),
  );
}

/** A call as it would be typed. What is not ours in it (UUIDs, our own rules) needs no quoting but for its commas. */
export function callText(call: readonly string[]): string {
  return ['VBoxManage', ...call.map((arg) => (arg.includes(',') ? `"${arg}"` : arg))].join(' ');
}

/** Makes one call. Throws Troubles `vboxmanage-refused`, with VBoxManage's own words, and `cancelled`. */
export async function carryOut(
  run: VBoxManage,
  call: readonly string[],
  name: string,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await run(call, signal);
  } catch (error) {
    if (!(error instanceof VBoxManageError)) throw error;
    const facts = { name, command: callText(call), detail: error.message };
    throw new Trouble('vboxmanage-refused', facts, { cause: error });
  }
}

function leadsToSsh({ forwards }: Nic): boolean {
  return forwards.some(
    ({ proto, guestPort, hostPort }) => proto === 'tcp' && guestPort === SSH && hostPort > 0,
  );
}

const isOwn = (name: string) => name === OWN || /^culprit-ssh-\d+$/.test(name);

function ownName({ forwards }: Nic): string {
  let name = OWN;
  for (let n = 2; forwards.some((rule) => rule.name === name); n += 1) name = `${OWN}-${n}`;
  return name;
}
