import { same } from '../../shared/text.ts';
import type { Answer } from '../connect/guest.ts';
import { oneLine } from './lib/answer.ts';
import { type Files, readHost } from './lib/files.ts';
import { HOST_COMMAND } from './lib/host-command.ts';
import { defineProbe } from './probe.ts';

/** Kernel settings by their sysctl name; a dot in an interface's name is a slash there, as `sysctl` itself wants it. */
export type Sysctls = Record<string, string>;

/** `/proc/sys/net/ipv4/conf/eth0.5/rp_filter` to `net.ipv4.conf.eth0/5.rp_filter`. */
export function sysctlName(path: string): string {
  return path
    .replace('/proc/sys/', '')
    .split('/')
    .map((part) => part.replaceAll('.', '/'))
    .join('.');
}

/** A setting of one interface ('all' and 'default' are such), for instance `ifaceSysctl(s, 4, 'docker0', 'rp_filter')`. */
export function ifaceSysctl(all: Sysctls, family: 4 | 6, iface: string, key: string): string | undefined {
  return all[`net.ipv${family}.conf.${iface.replaceAll('.', '/')}.${key}`];
}

/** The kernel uses the stricter of `all` and the interface: 0 off, 1 strict, 2 loose. */
export function effectiveRpFilter(all: Sysctls, iface: string): number {
  return Math.max(...['all', iface].map((i) => Number(ifaceSysctl(all, 4, i, 'rp_filter')) || 0));
}

/** Of all files that were read, those under /proc/sys. */
export function readSysctls(files: Files): Sysctls {
  const all: Sysctls = {};
  for (const [path, [value = '']] of files) {
    if (path.startsWith('/proc/sys/')) all[sysctlName(path)] = oneLine(value);
  }
  return all;
}

const parse = (answer: Answer): Sysctls => readSysctls(readHost(answer).files);

/** Kernel settings that decide about forwarding, filtering and bridging. */
export const sysctls = defineProbe({
  id: 'sysctls',
  command: HOST_COMMAND,
  alsoWithoutRoot: true,
  parse,
  summary: (all) =>
    same(
      [
        `ip_forward=${all['net.ipv4.ip_forward'] ?? '?'}`,
        `bridge-nf-call-iptables=${all['net.bridge.bridge-nf-call-iptables'] ?? '-'}`,
        `rp_filter all=${ifaceSysctl(all, 4, 'all', 'rp_filter') ?? '?'}`,
      ].join(', '),
    ),
});
