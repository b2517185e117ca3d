import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../paths.ts';
import type { Image } from './recipe.ts';

const DEADLINE_MS = 20_000;
const TCG = ['-accel', 'tcg,thread=multi,tb-size=512', '-cpu', 'max'];
const KVM = ['-accel', 'kvm', '-cpu', 'host'];

/** Does the suite's own kernel reach its initramfs under KVM in time? A `/dev/kvm` alone says little. */
function kvmBoots(image: Image): Promise<boolean> {
  const args = [...KVM, '-m', '512', '-kernel', image.kernel, '-initrd', image.initrd, '-display', 'none'];
  args.push('-append', 'console=ttyS0 panic=-1', '-no-reboot', '-serial', 'stdio', '-monitor', 'none');
  const qemu = spawn('qemu-system-x86_64', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve) => {
    const timer = setTimeout(() => qemu.kill('SIGKILL'), DEADLINE_MS);
    let seen = '';
    let booted = false;
    qemu.stdout.on('data', (chunk: Buffer) => {
      seen += chunk.toString('latin1');
      booted ||= /Run \/init as init process|Loading, please wait/.test(seen);
      if (booted) qemu.kill('SIGKILL');
    });
    qemu.on('error', () => undefined);
    qemu.on('close', () => {
      clearTimeout(timer);
      resolve(booted);
    });
  });
}

/** QEMU's acceleration options on this machine; asked once per boot of the machine. */
export async function acceleration(image: Image): Promise<{ name: 'kvm' | 'tcg'; args: string[] }> {
  const memo = join(cacheDir(), 'accel.json');
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const known = existsSync(memo)
    ? (JSON.parse(readFileSync(memo, 'utf8')) as { boot: string; kvm: boolean })
    : undefined;
  let kvm = known?.boot === boot && known.kvm;
  if (known?.boot !== boot) {
    kvm = canOpen('/dev/kvm') && (await kvmBoots(image));
    writeFileSync(memo, JSON.stringify({ boot, kvm }));
  }
  return kvm ? { name: 'kvm', args: KVM } : { name: 'tcg', args: TCG };
}

function canOpen(file: string): boolean {
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
