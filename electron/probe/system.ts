import { ITEMS, joined, same, type Text } from '../../shared/text.ts';
import type { Answer } from '../connect/guest.ts';
import { lines, oneLine } from './lib/answer.ts';
import { firstLine, readHost, setting } from './lib/files.ts';
import { HOST_COMMAND } from './lib/host-command.ts';
import { defineProbe } from './probe.ts';

export interface Disk {
  mount: string;
  /** Free for unprivileged writers, in KiB. */
  freeKiB: number;
  usedPercent: number;
}

export interface System {
  /** ID of os-release: debian, ubuntu, rocky, … */
  os: string;
  osVersion: string;
  osName: string;
  /** `6.1.0-56-cloud-amd64` */
  kernel: string;
  arch: string;
  hostname: string;
  /** Seconds since 1970 by the VM's clock, with fraction; null when `date` printed none. */
  clock: number | null;
  /** Seconds since boot. */
  uptime: number | null;
  /** What the firmware says: `innotek GmbH VirtualBox`, `QEMU Standard PC …`. */
  hardware: string;
  selinux: 'enforcing' | 'permissive' | null;
  /** Of /, /var/lib/docker and /run; each mount once. */
  disks: Disk[];
}

function readDisks(text: string | undefined): Disk[] {
  const all = new Map<string, Disk>();
  for (const line of lines(text)) {
    const found = /^\S.* (\d+) +(\d+)% (\/.*)$/.exec(line);
    if (!found) continue;
    const mount = oneLine(found[3] ?? '');
    all.set(mount, { mount, freeKiB: Number(found[1]), usedPercent: Number(found[2]) });
  }
  return [...all.values()];
}

function parse(answer: Answer): System {
  const { parts, files } = readHost(answer);
  const os = (key: string) => oneLine(setting(files, '/etc/os-release', key) ?? '');
  const file = (path: string) => oneLine(firstLine(files, path) ?? '');
  const clock = Number.parseFloat(parts.get('clock') ?? '');
  const uptime = Number.parseFloat(firstLine(files, '/proc/uptime') ?? '');
  const selinux = firstLine(files, '/sys/fs/selinux/enforce');
  return {
    os: os('ID'),
    osVersion: os('VERSION_ID'),
    osName: os('PRETTY_NAME'),
    kernel: file('/proc/sys/kernel/osrelease'),
    arch: file('/proc/sys/kernel/arch') || oneLine(parts.get('machine') ?? ''),
    hostname: file('/proc/sys/kernel/hostname'),
    clock: Number.isFinite(clock) ? clock : null,
    uptime: Number.isFinite(uptime) ? uptime : null,
    hardware: `${file('/sys/class/dmi/id/sys_vendor')} ${file('/sys/class/dmi/id/product_name')}`.trim(),
    selinux: selinux === null ? null : selinux.trim() === '1' ? 'enforcing' : 'permissive',
    disks: readDisks(parts.get('disk')),
  };
}

/** The VM's system: distribution, kernel, clock, disks. */
export const system = defineProbe({
  id: 'system',
  command: HOST_COMMAND,
  alsoWithoutRoot: true,
  parse,
  summary: (s) => {
    const os: Text = s.osName === '' ? { en: 'unknown system', 'zh-CN': '未知系统' } : same(s.osName);
    const full = s.disks
      .filter((d) => d.usedPercent >= 98)
      .map(
        ({ mount, usedPercent }): Text => ({
          en: `${mount} is ${usedPercent} % full`,
          'zh-CN': `${mount} 已用 ${usedPercent}%`,
        }),
      );
    return joined([os, same(`Linux ${s.kernel}`), ...full], ITEMS);
  },
});
