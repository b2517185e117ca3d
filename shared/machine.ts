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
  /** In VirtualBox's order, which is by name. */
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

/** A place on this computer that leads into a machine; `why` says how it is known. */
export const Way = z.strictObject({
  host: z.string(),
  port: z.number().int(),
  guestPort: z.number().int(),
  proto: z.enum(['tcp', 'udp']),
  why: z.string(),
});
export type Way = z.infer<typeof Way>;

/** One call of VBoxManage that brings a machine a step nearer to being reached, and the call that takes it back. */
export interface Remedy {
  kind: 'start' | 'resume' | 'plug-cable' | 'add-forward';
  call: readonly string[];
  undo: readonly string[];
}
