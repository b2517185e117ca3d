import { randomBytes } from 'node:crypto';
import { copyFile, link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Replaces a file in one step, for its owner only: whoever reads it at any moment, or after a crash, finds the old text
 * or the new one, whole. With `backup` the old text stays beside it.
 */
export async function writeWhole(path: string, text: string, backup?: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const file = await open(part, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if (backup !== undefined) await keepOld(path, backup);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** A second name for the old file: it is never gone, not even between two steps. */
async function keepOld(path: string, backup: string): Promise<void> {
  await rm(backup, { force: true });
  try {
    await link(path, backup);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    // A disk without hard links.
    await copyFile(path, backup);
  }
}

/** Only then the new name survives a power cut. Not every disk can do it. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // The text itself is safe already.
  }
}
