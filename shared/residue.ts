import { z } from 'zod';

/** Why it could not be checked what is left of a run. */
export const ResidueReason = z.enum(['no-root', 'timeout', 'cut-off', 'not-reached']);
export type ResidueReason = z.infer<typeof ResidueReason>;

/** What is left of a run in the guest: lines that appeared or went between before and after. Empty lists are the proof. */
export const Residue = z.strictObject({
  /** Were both snapshots taken? If not, why. */
  checked: z.boolean(),
  reason: ResidueReason.optional(),
  rules: z.array(z.string()),
  sysctls: z.array(z.string()),
  interfaces: z.array(z.string()),
  processes: z.array(z.string()),
});
export type Residue = z.infer<typeof Residue>;
