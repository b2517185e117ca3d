import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';

/** Why there can be no network namespaces here, or undefined. */
export function noNamespaces(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  for (const tool of ['unshare', 'nsenter', 'nft', 'ip', 'busybox', 'bash', 'ping']) {
    if (spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0) return `needs ${tool}`;
  }
  return spawnSync('unshare', ['-n', 'true']).status === 0
    ? undefined
    : 'the kernel makes no network namespace';
}

/**
 * A guest in miniature: three network namespaces, real packets. `container` (172.17.0.2) goes through `guest`
 * (172.17.0.1, 10.9.0.1), which forwards and masquerades, to `internet` (203.0.113.10), where port 80 answers.
 */
export class MiniNet {
  private constructor(
    private readonly holders: ChildProcess[],
    readonly guest: number,
    readonly container: number,
    readonly internet: number,
  ) {}

  static async up(): Promise<MiniNet> {
    const holders = await Promise.all([hold(), hold(), hold()]);
    const [guest = 0, container = 0, internet = 0] = holders.map((h) => h.pid ?? 0);
    const net = new MiniNet(holders, guest, container, internet);
    const ip = (pid: number, args: string) => net.in(pid, `ip ${args}`);
    ip(guest, `link add br0 type bridge`);
    ip(guest, `link add c0 type veth peer name eth0 netns ${container}`);
    ip(guest, `link add wan0 type veth peer name eth0 netns ${internet}`);
    net.in(guest, 'ip link set lo up; ip link set c0 master br0 up; ip link set br0 up; ip link set wan0 up');
    net.in(guest, 'ip addr add 172.17.0.1/16 dev br0; ip addr add 10.9.0.1/24 dev wan0');
    net.in(guest, 'ip route add default via 10.9.0.2; echo 1 >/proc/sys/net/ipv4/ip_forward');
    net.in(container, 'ip link set lo up; ip addr add 172.17.0.2/16 dev eth0; ip link set eth0 up');
    net.in(container, 'ip route add default via 172.17.0.1');
    net.in(internet, 'ip link set lo up; ip addr add 203.0.113.10/32 dev lo');
    net.in(internet, 'ip addr add 10.9.0.2/24 dev eth0; ip link set eth0 up');
    net.nft(
      'table ip nat { chain post { type nat hook postrouting priority 100; oifname "wan0" masquerade; }; }',
    );
    await net.serve(internet, '203.0.113.10:80');
    return net;
  }

  /** Runs a shell command in a namespace; returns what it printed. */
  in(pid: number, command: string): string {
    return execFileSync('nsenter', ['-t', String(pid), '-n', 'sh', '-ec', command], { encoding: 'utf8' });
  }

  /** Feeds a ruleset to the guest's nft. */
  nft(rules: string): void {
    execFileSync('nsenter', ['-t', String(this.guest), '-n', 'nft', '-f', '-'], { input: rules });
  }

  /** How a local guest's shell gets into the guest's namespace. */
  get shell(): string[] {
    return ['/usr/bin/nsenter', '-t', String(this.guest), '-n', '/bin/sh'];
  }

  private async serve(pid: number, address: string): Promise<void> {
    const args = ['-t', String(pid), '-n', 'busybox', 'httpd', '-f', '-p', address];
    const server = spawn('nsenter', args, { stdio: 'ignore' });
    this.holders.push(server);
    const listens = () => this.in(pid, 'cat /proc/self/net/tcp').includes(':0050 ');
    await until(listens);
  }

  async down(): Promise<void> {
    await Promise.all(
      this.holders.map((child) => {
        child.kill('SIGKILL');
        return child.exitCode === null && child.signalCode === null ? once(child, 'close') : undefined;
      }),
    );
  }
}

/** Asks again and again until it is true; fails after ten seconds. */
export async function until(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error('it never became true');
    await setTimeout(10);
  }
}

/** A process that holds a namespace of its own; ready once it said so. */
async function hold(): Promise<ChildProcess> {
  const child = spawn('unshare', ['-n', 'sh', '-c', 'echo ready; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  return child;
}
