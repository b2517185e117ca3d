import { join } from 'node:path';

/** A port of the guest that is reachable from outside. */
export interface Forward {
  readonly name: string;
  readonly hostIp: string;
  readonly hostPort: number;
  readonly guestIp: string;
  readonly guestPort: number;
}

/** What can be off on the "Mac's" side: its DNS, that over UDP or TCP, names' IPv4 addresses, its network. */
export const MAC_SIDES = ['dns', 'dns-udp', 'dns-tcp', 'dns-v4', 'net'] as const;
export type MacSide = (typeof MAC_SIDES)[number];

/**
 * A second adapter, as VirtualBox's NAT gives one (10.0.3.0/24): plugged in, without anybody who gives out addresses, or with
 * its cable out.
 */
export const ADAPTERS = ['nat', 'silent', 'unplugged'] as const;
export type Adapter = (typeof ADAPTERS)[number];

/** What the daemon of one machine is started with (a JSON file in its run directory). */
export interface HostConfig {
  readonly runDir: string;
  readonly forwards: readonly Forward[];
  /** The QEMU command, without the snapshot that it loads. */
  readonly qemu: readonly string[];
  /** The snapshot that it starts from. */
  readonly snapshot?: string | undefined;
}

/** Sockets and files in a run directory. */
export const files = {
  config: (dir: string) => join(dir, 'host.json'),
  control: (dir: string) => join(dir, 'control.sock'),
  inner: (dir: string) => join(dir, 'inner.sock'),
  qmp: (dir: string) => join(dir, 'qmp.sock'),
  pids: (dir: string) => join(dir, 'pids.json'),
  /** Holds QEMU's pid while it runs. */
  alive: (dir: string) => join(dir, 'qemu.pid'),
  console: (dir: string) => join(dir, 'console.log'),
  log: (dir: string) => join(dir, 'host.log'),
};
