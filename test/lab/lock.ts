import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from './paths.ts';
import { eventually, LabError } from './run.ts';
import { isRunning } from './vm.ts';

const PATIENCE_MS = 30 * 60_000;

/** Runs `work` while no other process holds the lock `name`; the lock of a dead process is taken over. */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const file = join(cacheDir(), `${name}.lock`);
  if (!(await eventually(async () => take(file), PATIENCE_MS, 500)))
    throw new LabError(`${file} stays locked.`);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    const fd = openSync(file, 'wx');
    writeSync(fd, String(process.pid));
    closeSync(fd);
    return true;
  } catch {
    const holder = holderOf(file);
    if (holder && !isRunning(holder)) rmSync(file, { force: true });
    return false;
  }
}

function holderOf(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0; // let go just now
  }
}
