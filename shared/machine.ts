import { z } from 'zod';

/** A port forward of VirtualBox's NAT, as VirtualBox has it: it checks nothing. */
export const Forward = z.strictObject({
  name: z.string(),
  proto: z.enum(['tcp', 'udp']),
  /** Empty: every address of this computer. May be something that is no address at all. */
  hostIp: z.string(),
  hostPort: z.number().int(),
  /** Empty: the address that NAT's DHCP gives (the network's .15). */
  guestIp: z.string(),
  guestPort: z.number().int(),
  /** Not for port 22, and an SSH server answers there all the same. */
  ssh: z.literal(true).optional(),
});
export type Forward = z.infer<typeof Forward>;

export const Nic = z.strictObject({
  /** 1 to 8 (or more, on chipsets that have more). */
  slot: z.number().int(),
  /** As VirtualBox names it: nat, natnetwork, bridged, hostonly, hostonlynetwork, intnet, generic, null… */
  kind: z.string(),
  /** Is the virtual cable plugged in? */
  cable: z.boolean(),
  /** What it hangs on: the network of that name, or the interface of this computer. NAT has none. */
  network: z.string().optional(),
  /** Twelve hex digits. */
  mac: z.string().optional(),
  /** NAT only, and only where VirtualBox says it: does the gateway lead to this computer's own loopback address? */
  hostReachable: z.boolean().optional(),
  /** The guest's IPv4 address on it, as guest or DHCP server say; looked for only where it might lead in. */
  address: z.string().optional(),
  /** An SSH server answers at that address. */
  ssh: z.literal(true).optional(),
  /** In VirtualBox's order, which is by name; of a NAT network those that are for this guest. */
  forwards: z.array(Forward),
});
export type Nic = z.infer<typeof Nic>;

/** Why nothing more is known of a machine. */
export const MachineTrouble = z.strictObject({
  code: z.enum(['vm-inaccessible', 'vboxmanage-failed']),
  detail: z.string(),
});
export type MachineTrouble = z.infer<typeof MachineTrouble>;

/** A VM as VirtualBox knows it. The name comes from whoever made the VM: it may hold anything. */
export const Machine = z.strictObject({
  kind: z.literal('virtualbox'),
  uuid: z.string(),
  name: z.string(),
  /** VirtualBox's word: running, poweroff, saved, paused, aborted…; `unknown` when there is a trouble. */
  state: z.string(),
  /** The processor it is made for, as VirtualBox names it: x86, ARM. Absent before 7.1. */
  architecture: z.string().optional(),
  nics: z.array(Nic),
  trouble: MachineTrouble.optional(),
});
export type Machine = z.infer<typeof Machine>;

/** A place that leads into a machine: a port of this computer, or the guest's own address. */
export const Way = z.strictObject({
  host: z.string(),
  port: z.number().int(),
  guestPort: z.number().int(),
  proto: z.enum(['tcp', 'udp']),
  through: z.enum(['forward', 'network-forward', 'address']),
});
export type Way = z.infer<typeof Way>;

/** One call of VBoxManage that brings a machine a step nearer to being reached, and the call that takes it back. */
export interface Remedy {
  kind: 'start' | 'resume' | 'plug-cable' | 'add-forward';
  call: readonly string[];
  undo: readonly string[];
}
