import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureVboxChroot } from '../build/vbox-chroot.ts';
import { files } from '../host/config.ts';
import { withLock } from '../lock.ts';
import { runDir } from '../paths.ts';
import { LabError, run } from '../run.ts';
import { NODE_TS } from '../vm.ts';
import { ipcId, keepRegistry } from './registry.ts';
import { writeVBoxManage } from './wrapper.ts';

/** VirtualBox's name of the lab's machine. */
export const VM_NAME = 'docker-vm';
/** Machines that are registered but stay off: VM lists are never this tidy. */
const OTHERS = [
  { name: 'Old "web" box – тест 測試', nic: ['--nic1', 'nat', '--natpf1', 'ssh,tcp,,2299,,22'] },
  { name: 'no forward', nic: ['--nic1', 'nat'] },
];
const CALL_MS = 60_000; // a call may stall for ten seconds

/** VirtualBox's UUID of the machine on `port`: the same every time. */
export function uuidOf(port: number): string {
  return `c0ffee00-1ab0-4000-8000-${String(port).padStart(12, '0')}`;
}

/** The executable that stands for VBoxManage while the machine on `port` exists. */
export function vboxManagePath(port: number): string {
  return join(runDir(port), 'VBoxManage');
}

/** Calls the lab's VBoxManage; a non-zero exit is an error. */
export async function vboxManage(port: number, ...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'en_US.UTF-8' };
  const done = await run(vboxManagePath(port), args, { timeoutMs: CALL_MS, env });
  if (done.code !== 0) throw new LabError(`VBoxManage ${args[0]}: ${done.stderr.trim().split('\n')[0]}`);
  return done.stdout;
}

/** Makes the wrapper and registers the machines with the real VBoxManage. */
export async function registerMachines(port: number, say: (line: string) => void): Promise<void> {
  const chroot = await withLock('vbox', () => ensureVboxChroot(say));
  const home = `/labs/${port}`;
  rmSync(join(chroot, home), { recursive: true, force: true });
  mkdirSync(join(chroot, home), { recursive: true });
  writeWrapper(port, chroot, home);
  const add = async (name: string, uuid: string[], settings: string[]) => {
    await vboxManage(
      port,
      'createvm',
      '--name',
      name,
      ...uuid,
      '--ostype',
      'Debian_64',
      '--register',
      '--basefolder',
      home,
    );
    await vboxManage(port, 'modifyvm', uuid[1] ?? name, '--memory', '1024', '--cpus', '2', ...settings);
  };
  const forwards = [`ssh,tcp,127.0.0.1,${port},,22`, `web,tcp,127.0.0.1,${port + 1000},,8080`];
  const rules = forwards.flatMap((rule) => ['--natpf1', rule]);
  await add(VM_NAME, ['--uuid', uuidOf(port)], ['--nic1', 'nat', '--macaddress1', '080027123456', ...rules]);
  for (const { name, nic } of OTHERS) await add(name, [], nic);
  await keepRegistry(port, join(chroot, home));
}

function writeWrapper(port: number, chroot: string, home: string): void {
  writeVBoxManage(vboxManagePath(port), {
    LAB_CHROOT: chroot,
    LAB_VBOX_HOME: home,
    LAB_IPC: ipcId(port),
    LAB_UUID: uuidOf(port),
    LAB_NAME: VM_NAME,
    LAB_ALIVE: files.alive(runDir(port)),
    LAB_PORT: String(port),
    LAB_WRAPPER: vboxManagePath(port),
    LAB_CONTROLVM: [process.execPath, ...NODE_TS, join(import.meta.dirname, 'controlvm.ts')].join(' '),
  });
}
