import type { Machine, Nic, Remedy } from '../../shared/machine.ts';
import { Trouble } from '../../shared/trouble.ts';
import type { RefusedWhy } from '../../shared/trouble-why.ts';
import type { VBoxManage } from './vboxmanage.ts';
import { VBoxManageError } from './vboxmanage.ts';
import { leadsToSsh, SSH, sshWays } from './ways.ts';

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
  if (state !== 'running' || sshWays(machine).length > 0) return undefined;
  const nats = nics.filter(({ kind }) => kind === 'nat');
  const networked = nics.find(({ kind, cable, address }) => kind === 'natnetwork' && cable && address);
  const nic =
    nats.find(({ forwards }) => forwards.some(leadsToSsh)) ??
    nats.find(({ cable }) => cable) ??
    networked ??
    nats[0] ??
    nics.find(({ kind, cable }) => kind === 'natnetwork' && !cable);
  if (nic === undefined) return undefined;
  if (!nic.cable) {
    const link = `setlinkstate${nic.slot}`;
    return { kind: 'plug-cable', call: control(link, 'on'), undo: control(link, 'off') };
  }
  if (nic.kind === 'natnetwork') return forwardOfNetwork(nic, port);
  const rules = forwardsCall(uuid, nic.slot, true);
  const name = ownName(nic);
  return {
    kind: 'add-forward',
    call: [...rules, `${name},tcp,127.0.0.1,${port},,${SSH}`],
    undo: [...rules, 'delete', name],
  };
}

/** A NAT network's forwards belong to the network, which wants to know the guest's address and a name of its own. */
function forwardOfNetwork({ network = '', address }: Nic, port: number): Remedy {
  const name = `${OWN}-${port}`;
  const rule = `${name}:tcp:[127.0.0.1]:${port}:[${address}]:${SSH}`;
  return {
    kind: 'add-forward',
    call: ['natnetwork', 'modify', `--netname=${network}`, '--port-forward-4', rule],
    undo: removalFromNetwork(network, name),
  };
}

const removalFromNetwork = (network: string, name: string) => [
  ...['natnetwork', 'modify', `--netname=${network}`],
  ...['--port-forward-4', 'delete', name],
];

/** How a call begins that changes the forwards of a NAT adapter: of a machine that is on, or in the settings of one that is off. */
export function forwardsCall(uuid: string, slot: number, live: boolean): string[] {
  return live ? ['controlvm', uuid, `natpf${slot}`] : ['modifyvm', uuid, `--natpf${slot}`];
}

/** The calls that take away the forwards which Culprit added to a machine, whether it runs or not. */
export function forwardRemovals({ uuid, state, nics }: Machine): string[][] {
  return nics.flatMap(({ slot, kind, network = '', forwards }) =>
    forwards
      .filter(({ name }) => isOwn(name))
      .map(({ name }) => {
        if (kind === 'natnetwork') return removalFromNetwork(network, name);
        return [...forwardsCall(uuid, slot, !OFF.has(state)), 'delete', name];
      }),
  );
}

/** A call as it would be typed into a shell. */
export function callText(call: readonly string[]): string {
  return ['VBoxManage', ...call.map(quoted)].join(' ');
}

/** Networks are named by whoever made them. */
function quoted(arg: string): string {
  if (/^[\w.=/-]+$/.test(arg)) return arg;
  return /["$`\\!]/.test(arg) ? `'${arg.replaceAll("'", "'\\''")}'` : `"${arg}"`;
}

/** What VirtualBox says when it cannot start a machine for a reason of its own. */
const REFUSALS: readonly (readonly [RefusedWhy, RegExp])[] = [
  ['processor', /VBOX_E_PLATFORM_ARCH_NOT_SUPPORTED/],
  ['host-only', /Host-only adapters are no longer supported/],
  ['vmnet', /vmnet_start_interface returned/],
  // Without its driver a machine ends with 1 right away, and says no more.
  ['driver', /rc=-1908|VERR_VM_DRIVER_\w+|during startup with exit code 1 \(0x1\)|vboxdrv/],
];

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
    const why = REFUSALS.find(([, words]) => words.test(error.stderr))?.[0];
    const facts = { name, command: callText(call), detail: error.message, ...(why && { why }) };
    throw new Trouble('vboxmanage-refused', facts, { cause: error });
  }
}

const isOwn = (name: string) => name === OWN || /^culprit-ssh-\d+$/.test(name);

function ownName({ forwards }: Nic): string {
  let name = OWN;
  for (let n = 2; forwards.some((rule) => rule.name === name); n += 1) name = `${OWN}-${n}`;
  return name;
}
