import { describe } from 'vitest';
import { type Lab, labAvailable, labUp } from '../lab/lab.ts';
import { say } from './lab-at.ts';

const available = labAvailable();

/** Why there is no lab on this machine, or undefined. */
export const noLab = available.ok ? undefined : available.reason;

/** A suite that needs a lab machine: skipped with the reason where there can be none. */
export const describeLab = describe.skipIf(noLab !== undefined);

/** For what must not go wrong even once, as a rule that is left in the guest: it is not tried again. */
export const ONCE = { retry: 0 };

let machine: Promise<Lab> | undefined;

/** The bookworm machine; built, booted or taken as it is, once for each file of tests. */
export function bookworm(): Promise<Lab> {
  machine ??= labUp('bookworm', { say });
  return machine;
}
