import { readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a real VBoxManage 7.2.22 printed of one machine; of the others here only what is replaced differs. */
const PRINTED = new URL('../../fixtures/vboxmanage-7.2.22/showvminfo-pf.txt', import.meta.url);

interface Vm {
  name: string;
  state: 'running' | 'poweroff' | 'saved';
  /** The port on this computer that leads to its SSH, if any does. */
  ssh?: number;
  /** Has an unplugged adapter, and a forward on an address that this computer lacks. */
  odd?: true;
}

export const VMS: readonly Vm[] = [
  { name: 'docker-vm', state: 'running', ssh: 2222 },
  { name: 'ubuntu-24.04-ci', state: 'running' },
  { name: 'debian-13-staging', state: 'poweroff', ssh: 2223 },
  {
    name: '测试 “web” box – a name that goes on for longer than any sidebar is wide',
    state: 'saved',
    ssh: 2224,
  },
];

const uuidOf = (at: number) => `5f2c1d90-7b3e-4c55-9a1d-${String(at).padStart(12, '0')}`;

/** `vm:<UUID>` of one of `VMS`, as the window names it. */
export const vmId = (at: number) => `vm:${uuidOf(at)}`;

const ODD = `
Forwarding(1)="web,tcp,10.99.99.99,8080,,80"
cableconnected2="off"
nic2="hostonly"`;

function info({ name, state, ssh, odd }: Vm, at: number): string {
  const forward = ssh === undefined ? '' : `\nForwarding(0)="ssh,tcp,127.0.0.1,${ssh},,22"`;
  return readFileSync(PRINTED, 'utf8')
    .replaceAll('a25d72a2-0d74-4f51-be5f-9b2a8c945131', uuidOf(at))
    .replace(/^name=.*$/m, () => `name="${name}"`)
    .replace(/^VMState=.*$/m, `VMState="${state}"`)
    .replace(/^Forwarding\(.*\n/gm, '')
    .replace(/^nic1=.*$/m, (line) => `${line}${forward}${odd ? ODD : ''}`);
}

/** Writes an executable into the folder that answers as VBoxManage does where these machines are; gives its path. */
export async function writeVBoxManage(folder: string, vms: readonly Vm[] = VMS): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [at, vm] of vms.entries()) await writeFile(join(folder, uuidOf(at)), info(vm, at));
  const list = (some: readonly Vm[]) =>
    some.map((vm) => `"${vm.name}" {${uuidOf(vms.indexOf(vm))}}\n`).join('');
  await writeFile(join(folder, 'vms'), list(vms));
  await writeFile(join(folder, 'runningvms'), list(vms.filter(({ state }) => state === 'running')));
  const path = join(folder, 'VBoxManage');
  await writeFile(
    path,
    `#!/bin/sh\n[ "$1" = --version ] && exec echo 7.2.22r175245\nexec cat "${folder}/$2"\n`,
  );
  await chmod(path, 0o755);
  return path;
}
