import { arch, cpus, networkInterfaces } from 'node:os';
import type { Machine } from '../../shared/machine.ts';
import { listeners } from './listeners.ts';
import { type VBoxManage, VBoxManageError } from './vboxmanage.ts';
import type { Surroundings } from './vm-notes.ts';

/** What there is around these machines now. Throws Trouble `cancelled`. */
export async function surroundings(
  machines: readonly Machine[],
  run: VBoxManage,
  signal?: AbortSignal,
  platform: NodeJS.Platform = process.platform,
): Promise<Surroundings> {
  const some = machines.some(
    ({ state, nics }) => state === 'running' && nics.some(({ forwards }) => forwards.length > 0),
  );
  const [version, found] = await Promise.all([
    versionOf(run, signal),
    some ? listeners(platform, signal) : new Map<number, string[]>(),
  ]);
  const addresses = Object.values(networkInterfaces()).flatMap(
    (all) => all?.map(({ address }) => address) ?? [],
  );
  return { machines, listeners: found, addresses: new Set(addresses), version, platform, arch: processor() };
}

async function versionOf(run: VBoxManage, signal?: AbortSignal): Promise<string> {
  try {
    const printed = await run(['--version'], signal);
    // Warnings of a wrapper come before.
    return printed.trim().split('\n').at(-1) ?? '';
  } catch (error) {
    if (!(error instanceof VBoxManageError)) throw error;
    return '';
  }
}

/** Node's word for the real processor: under Rosetta Node takes it for Intel's. */
function processor(): string {
  return /^Apple /.test(cpus()[0]?.model ?? '') ? 'arm64' : arch();
}
