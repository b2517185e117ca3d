import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { must } from './run.ts';

/** Where the lab keeps images and running machines (private: it holds a key). */
export function cacheDir(): string {
  const xdg = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const dir = process.env.CULPRIT_LAB_CACHE || join(xdg, 'culprit-lab');
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o700);
  return dir;
}

/** Private key that every user of the guest accepts. */
export function keyPath(): string {
  return join(cacheDir(), 'id');
}

/** Makes the key on first use and gives its public half. */
export async function publicKey(): Promise<string> {
  const key = keyPath();
  if (!existsSync(key)) await must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'lab', '-f', key]);
  return readFileSync(`${key}.pub`, 'utf8');
}

/** Directory of the machine whose ssh port is `port`. */
export function runDir(port: number): string {
  return join(cacheDir(), 'run', String(port));
}

/** Ports of all machines that have a directory, running or not. */
export function knownPorts(): number[] {
  const dir = join(cacheDir(), 'run');
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .map(Number)
    .filter((port) => Number.isInteger(port))
    .sort((a, b) => a - b);
}
