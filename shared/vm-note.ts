/**
 * What is wrong, or easily mistaken, with a VM as VirtualBox has it: a code, and the facts that belong to it. Facts come
 * from outside. `vm-note-text.ts` has the sentences.
 */
export interface VmNoteFacts {
  /** Programs that listen where a forward should. */
  'port-taken': { port: number; by: readonly string[] };
  /** Another running VM has a forward on the same port. */
  'port-shared': { port: number; other: string };
  /** No interface of this computer has the address that a forward is bound to. */
  'address-missing': { rule: string; address: string };
  /** What a forward is bound to is no IPv4 address, so that it listens on all. */
  'address-unreadable': { rule: string; address: string };
  'cable-out': { slot: number };
  /** The processor that a VM is made for, and the one that is here. */
  'other-processor': { vm: string; here: string };
  /** A host-only adapter, where VirtualBox only has host-only networks. */
  'hostonly-adapter': { slot: number };
  /** 10.0.2.2 does not lead to servers on this computer's loopback address. */
  'host-hidden': { slot: number };
  'version-old': { version: string };
  /** This version has a fault that is known: which, and the version that has it no more. */
  'version-fault': { version: string; fault: keyof typeof VERSION_FAULTS };
}

interface VersionFault {
  /** From this version on, until before that one. */
  from: string;
  fixed: string;
  /** Kinds of adapter that it is about. */
  kinds: readonly string[];
  /** Of the operating system; absent: all. */
  platform?: string;
  /** Only with more than one forward. */
  manyForwards?: true;
  /** A VM that runs does not have it. */
  atStart?: true;
}

/** Faults of VirtualBox's own that are said to be mended. */
export const VERSION_FAULTS = {
  'forwards-break-nat': { from: '7.2.0', fixed: '7.2.4', kinds: ['nat', 'natnetwork'], manyForwards: true },
  'network-does-not-start': {
    from: '7.2.0',
    fixed: '7.2.2',
    kinds: ['natnetwork'],
    platform: 'darwin',
    atStart: true,
  },
} as const satisfies Record<string, VersionFault>;

export type VmNoteCode = keyof VmNoteFacts;
export type VmNote = { [C in VmNoteCode]: { code: C; facts: VmNoteFacts[C] } }[VmNoteCode] & {
  /** Calls of VBoxManage that mend it, in order, where there are such. */
  calls?: readonly (readonly string[])[];
};
