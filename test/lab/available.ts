import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const PROGRAMS = [
  ...['qemu-system-x86_64', 'qemu-img', 'mmdebstrap', 'mkfs.ext4', 'ip', 'unshare', 'setpriv', 'chroot'],
  ...['ssh', 'ssh-keygen', 'curl'],
];
const PATH = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];

/** Can this machine run the lab? If not, one sentence says what is missing. */
export function labAvailable(): { ok: true } | { ok: false; reason: string } {
  if (process.platform !== 'linux') return { ok: false, reason: 'The lab needs Linux.' };
  if (process.getuid?.() !== 0)
    return { ok: false, reason: 'The lab needs root (network namespaces, chroot).' };
  const missing = PROGRAMS.filter((name) => !PATH.some((dir) => existsSync(join(dir, name))));
  if (!missing.length) return { ok: true };
  return { ok: false, reason: `The lab needs ${missing.join(', ')} (see test/lab/apt-packages.txt).` };
}
