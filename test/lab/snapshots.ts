import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { acceleration } from './build/accel.ts';
import type { Image } from './build/recipe.ts';
import { control } from './control.ts';
import { runDir } from './paths.ts';
import { must } from './run.ts';

/** The snapshot taken after boot. */
export const READY = 'ready';

/** The overlay of a machine: its disk and its snapshots. */
export function overlayOf(port: number): string {
  return join(runDir(port), 'disk.qcow2');
}

/** Cached overlay with the snapshots of an earlier boot; only the same QEMU, started alike, can load them. */
async function cachedOverlay(image: Image): Promise<string> {
  const { name } = await acceleration(image);
  const hash = createHash('sha256').update(name);
  hash.update(await must('qemu-system-x86_64', ['--version']));
  hash.update(readFileSync(join(import.meta.dirname, 'host/qemu.ts')));
  return join(image.dir, `ready-${hash.digest('hex').slice(0, 12)}.qcow2`);
}

/** Makes the overlay of a new machine; says whether it comes with snapshots. */
export async function makeOverlay(image: Image, port: number): Promise<boolean> {
  const cached = await cachedOverlay(image);
  const warm = existsSync(cached);
  if (warm) await must('cp', ['--sparse=always', '--reflink=auto', cached, overlayOf(port)]);
  else await freshOverlay(image, port);
  return warm;
}

/** Makes an overlay without snapshots, and forgets a cached one: it could not be loaded. */
export async function freshOverlay(image: Image, port: number): Promise<void> {
  rmSync(await cachedOverlay(image), { force: true });
  await must('qemu-img', ['create', '-q', '-f', 'qcow2', '-F', 'raw', '-b', image.disk, overlayOf(port)]);
}

/** Saves a snapshot and keeps the overlay for the next machine of this image. */
export async function saveSnapshot(image: Image, port: number, name: string): Promise<void> {
  await control(port, 'savevm', name);
  await control(port, 'pause'); // flushes the overlay, so that it can be copied
  try {
    const cached = await cachedOverlay(image);
    await must('cp', ['--sparse=always', '--reflink=auto', overlayOf(port), `${cached}.new`]);
    renameSync(`${cached}.new`, cached);
  } finally {
    await control(port, 'resume');
  }
}
