import { join } from 'node:path';
import { z } from 'zod';
import { Focus, HostForm, Login, MachineId, RunId } from '../../../shared/app-state.ts';
import { JsonFile } from './json-file.ts';

const HostEntry = z.strictObject({ id: MachineId, form: HostForm });

const MachineEntry = z.strictObject({
  /** VMs only: a host's login stands in its form. */
  login: Login.optional(),
  focus: Focus.optional(),
  /** The person has read what a run puts into the guest and whom it contacts. */
  announced: z.boolean().optional(),
});
export type MachineEntry = z.infer<typeof MachineEntry>;

/** What is remembered beside settings and runs; no secret is in it. */
const Book = z.strictObject({
  version: z.literal(1),
  hosts: z.array(HostEntry),
  machines: z.record(MachineId, MachineEntry),
  /** The VBoxManage that the person chose. */
  vboxmanage: z.string().optional(),
  /** Where the last report went. */
  exportFolder: z.string().optional(),
  /** Where each run's report went. */
  exported: z.record(RunId, z.string()),
});
export type Book = z.infer<typeof Book>;

const EMPTY: Book = { version: 1, hosts: [], machines: {}, exported: {} };

/** Opens the book in the application's folder. */
export function openBook(folder: string, log: (line: string) => void): Promise<JsonFile<Book>> {
  return JsonFile.open(join(folder, 'machines.json'), Book, EMPTY, log);
}
