import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, unwatchFile, utimesSync, watchFile, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** When a process began, as the system says it: with its number, that names one process for good. */
function begun(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** Takes the folder's lock. When another process has it, that one is told, and the answer is false. */
export function holdLock(folder: string, knocked: () => void): boolean {
  const file = join(folder, 'instance.lock');
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; begun: string };
    // The system works the time out anew each time, a second more or less.
    if (Math.abs(Date.parse(begun(holder.pid)) - Date.parse(holder.begun)) < 2000) {
      utimesSync(file, new Date(), new Date());
      return false;
    }
  } catch {
    // Nobody has it, or what is written there is nonsense.
  }
  writeFileSync(file, JSON.stringify({ pid: process.pid, begun: begun(process.pid) }));
  watchFile(file, { interval: 250, persistent: false }, (now, before) => {
    if (now.mtimeMs !== before.mtimeMs && now.nlink > 0) knocked();
  });
  process.on('exit', () => {
    unwatchFile(file);
    rmSync(file, { force: true });
  });
  return true;
}
