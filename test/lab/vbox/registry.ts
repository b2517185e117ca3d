import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDir } from '../paths.ts';
import { eventually } from '../run.ts';

/** VirtualBox's socket name for the machine on `port`; keeps labs apart. */
export const ipcId = (port: number) => `culprit-lab-${port}`;

const keptDir = (port: number) => join(runDir(port), 'vbox-ready');
const noteFile = (port: number) => join(runDir(port), 'vbox-home');

/** Remembers the registered machines as they are now, for `restoreRegistry`. */
export async function keepRegistry(port: number, home: string): Promise<void> {
  await endVboxServices(ipcId(port));
  cpSync(home, keptDir(port), { recursive: true });
  writeFileSync(noteFile(port), home);
}

/** Puts the registered machines back as they were kept, if anything changed. */
export async function restoreRegistry(port: number): Promise<void> {
  const home = readFileSync(noteFile(port), 'utf8');
  if (fingerprint(home) === fingerprint(keptDir(port))) return;
  await endVboxServices(ipcId(port));
  rmSync(home, { recursive: true, force: true });
  cpSync(keptDir(port), home, { recursive: true });
}

/** Ends VirtualBox's services of this machine and removes its registry. */
export async function dropRegistry(port: number): Promise<void> {
  await endVboxServices(ipcId(port));
  if (existsSync(noteFile(port)))
    rmSync(readFileSync(noteFile(port), 'utf8'), { recursive: true, force: true });
}

function fingerprint(dir: string): string {
  const hash = createHash('sha256');
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((file) => /\.vbox$|VirtualBox\.xml$/.test(file)).sort())
    hash.update(name).update(readFileSync(join(dir, name)));
  return hash.digest('hex');
}

/** Ends the services that calls with this socket name left behind (they would end by themselves some seconds later). */
export async function endVboxServices(id: string): Promise<void> {
  const left = () => readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isService(pid, id));
  for (const pid of left()) process.kill(Number(pid), 'SIGTERM');
  await eventually(async () => left().length === 0, 10_000, 100);
}

function isService(pid: string, id: string): boolean {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    return (
      environment.includes(`VBOX_IPC_SOCKETID=${id}`) &&
      readlinkSync(`/proc/${pid}/exe`).includes('/virtualbox/')
    );
  } catch {
    return false; // gone meanwhile
  }
}
