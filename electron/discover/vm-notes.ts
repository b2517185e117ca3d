import { isIPv4 } from 'node:net';
import semver from 'semver';
import type { Forward, Machine, Nic } from '../../shared/machine.ts';
import { VERSION_FAULTS, type VmNote, type VmNoteCode, type VmNoteFacts } from '../../shared/vm-note.ts';
import type { Listeners } from './listeners.ts';
import { bindToLoopback, moveAway, plugIn, showHost } from './note-calls.ts';

/** The oldest version whose output is known. */
const OLDEST = '6.1.0';
/** Programs of VirtualBox that listen for forwards; Linux cuts such names to fifteen letters. */
const VIRTUALBOX = /^(?:VBox|VirtualBox)/i;

/** What is beside a machine: all machines, and this computer. */
export interface Surroundings {
  machines: readonly Machine[];
  listeners: Listeners;
  /** The addresses of this computer's interfaces. */
  addresses: ReadonlySet<string>;
  /** As `VBoxManage --version` prints it; empty when it does not. */
  version: string;
  platform: NodeJS.Platform;
  /** Node's word for the processor. */
  arch: string;
}

/** What VirtualBox itself has wrong, or is easily mistaken, with one machine; the gravest first. */
export function vmNotes(machine: Machine, around: Surroundings): VmNote[] {
  if (machine.trouble) return [];
  return [
    ...processorNotes(machine, around),
    ...versionNotes(machine, around),
    ...machine.nics
      .filter(({ cable }) => !cable)
      .map(({ slot }) => note('cable-out', { slot }, plugIn(machine, slot))),
    ...forwardsOf(machine).flatMap(([nic, rule]) => forwardNotes(machine, nic, rule, around)),
    ...(machine.state === 'running' ? machine.nics : [])
      .filter(isHidden)
      .map(({ slot }) => note('host-hidden', { slot }, showHost(machine, slot))),
  ];
}

function note<C extends VmNoteCode>(code: C, facts: VmNoteFacts[C], calls: string[][] = []): VmNote {
  return { code, facts, ...(calls.length > 0 && { calls }) } as VmNote;
}

const isHidden = ({ kind, hostReachable }: Nic) => kind === 'nat' && hostReachable === false;

function processorNotes({ architecture, state }: Machine, { arch }: Surroundings): VmNote[] {
  const here = arch === 'arm64' ? 'ARM' : 'x86';
  if (architecture === undefined || state === 'running' || architecture === here) return [];
  return [note('other-processor', { vm: architecture, here })];
}

function versionNotes(machine: Machine, { version, platform }: Surroundings): VmNote[] {
  const number = semver.coerce(version)?.version;
  if (number === undefined) return [];
  const old = semver.lt(number, OLDEST) ? [note('version-old', { version: number })] : [];
  const adapters =
    platform === 'darwin' && machine.state !== 'running' && semver.gte(number, '7.0.0')
      ? machine.nics.filter(({ kind }) => kind === 'hostonly')
      : [];
  const faults = Object.entries(VERSION_FAULTS).filter(([, fault]) => {
    if (semver.lt(number, fault.from) || semver.gte(number, fault.fixed)) return false;
    if ('atStart' in fault && machine.state === 'running') return false;
    if ('platform' in fault && fault.platform !== platform) return false;
    const kinds: readonly string[] = fault.kinds;
    const nics = machine.nics.filter(({ kind }) => kinds.includes(kind));
    return 'manyForwards' in fault ? nics.some(({ forwards }) => forwards.length > 1) : nics.length > 0;
  }) as [keyof typeof VERSION_FAULTS, unknown][];
  return [
    ...old,
    ...adapters.map(({ slot }) => note('hostonly-adapter', { slot })),
    ...faults.map(([fault]) => note('version-fault', { version: number, fault })),
  ];
}

function forwardNotes(machine: Machine, nic: Nic, rule: Forward, around: Surroundings): VmNote[] {
  const { name, hostIp: address, hostPort: port, proto } = rule;
  const bind = () => bindToLoopback(machine, nic, rule);
  if (address !== '' && !isIPv4(address))
    return [note('address-unreadable', { rule: name, address }, bind())];
  const isHere = isEvery(address) || address.startsWith('127.') || around.addresses.has(address);
  if (!isHere) return [note('address-missing', { rule: name, address }, bind())];
  if (machine.state !== 'running') return [];
  const other = around.machines.find(
    (one) =>
      one !== machine &&
      one.uuid !== machine.uuid &&
      one.state === 'running' &&
      forwardsOf(one).some(([, theirs]) => collide(rule, theirs)),
  );
  const held = proto === 'tcp' ? (around.listeners.get(port) ?? []) : [];
  const strangers = held.filter((program) => !VIRTUALBOX.test(program));
  const move = () => moveAway(machine, nic, rule, around);
  return [
    ...(other ? [note('port-shared', { port, other: other.name }, move())] : []),
    // BSD lets two listen on one port with different addresses: whoever is there beside VirtualBox is no trouble.
    ...(held.length > 0 && strangers.length === held.length
      ? [note('port-taken', { port, by: strangers }, move())]
      : []),
  ];
}

const isEvery = (address: string) => address === '' || address === '0.0.0.0';

function collide(one: Forward, other: Forward): boolean {
  if (one.proto !== other.proto || one.hostPort !== other.hostPort) return false;
  return one.hostIp === other.hostIp || isEvery(one.hostIp) || isEvery(other.hostIp);
}

function forwardsOf({ nics }: Machine): [Nic, Forward][] {
  return nics
    .filter(({ kind }) => kind === 'nat')
    .flatMap((nic) =>
      nic.forwards.filter(({ hostPort }) => hostPort > 0).map((rule): [Nic, Forward] => [nic, rule]),
    );
}
