import { z } from 'zod';

/** How VirtualBox's NAT on one adapter deals with the questions for names that come out of the VM, as its settings say. */
export const NatDns = z.strictObject({
  /** From 1. */
  slot: z.number().int(),
  /** `--natdnsproxyN` */
  proxy: z.boolean(),
  /** `--natdnshostresolverN` */
  hostResolver: z.boolean(),
});
export type NatDns = z.infer<typeof NatDns>;
