import type { NatDns } from '../../shared/nat-dns.ts';
import type { Target } from '../../shared/target.ts';
import type { VmNote } from '../../shared/vm-note.ts';
import type { Guest } from '../connect/guest.ts';
import type { TryFromMac } from '../flow/mac.ts';
import type { Forward } from '../flow/world.ts';

/** A machine that was chosen and found, and how to get in: all that a run needs to know of it. */
export interface Door {
  machine: { kind: 'virtualbox' | 'ssh' | 'local' | 'recording'; id: string; name: string };
  targets: readonly Target[];
  forwards: readonly Forward[];
  tryFromMac: TryFromMac;
  connect(signal: AbortSignal): Promise<Guest>;
  /** Of a VM: what VirtualBox has wrong with it. */
  notes?: readonly VmNote[];
  /** Of a VM: the DNS modes of VirtualBox's NAT, where they can be had; never rejects. */
  natDns?: Promise<readonly NatDns[] | undefined>;
  /** Of a VM: VirtualBox's word for its state now; undefined when it does not say. */
  machineState?(signal: AbortSignal): Promise<string | undefined>;
}

/** Where a machine's SSH server is. */
export interface SshWay {
  /** An address, a host name, or a name of ssh_config. */
  host: string;
  /** Undefined: as ssh_config says. */
  port: number | undefined;
  /** What the machine is known by: a VM's UUID survives a change of its port. */
  id: string;
  label: string;
  /** Is this the address of a VM, which says nothing of who answers there? Its host key is remembered under `id`. */
  ofVm: boolean;
}

/** Logs in; who does so and with what is up to whoever opens the door. */
export type OpenSsh = (way: SshWay, signal: AbortSignal) => Promise<Guest>;
