import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { localGuest } from '../../electron/connect/local-guest.ts';
import { dns, tcp } from '../../electron/flow/script.ts';
import { watchDrops } from '../../electron/trace/drops/watch.ts';
import type { Journey } from '../../shared/trace.ts';
import { MiniNet, noNamespaces, until } from '../support/net.ts';

/** A mount namespace of its own with tracefs in it, as every machine has that runs systemd; the kernel's one is shared. */
const WITH_TRACEFS = ['-m', 'sh', '-c', 'mount -t tracefs tracefs /sys/kernel/tracing && exec "$@"', 'sh'];
const noTracefs = () =>
  spawnSync('unshare', [...WITH_TRACEFS, 'test', '-d', '/sys/kernel/tracing/events/skb/kfree_skb']).status ===
  0
    ? undefined
    : 'the kernel has no tracefs';
const why = noNamespaces() ?? noTracefs();

/** Where MiniNet's page is, and where only we go. */
const ANSWERS = '203.0.113.10';
const OURS = '203.0.113.77';

const instances = () =>
  execFileSync('unshare', [...WITH_TRACEFS, 'ls', '/sys/kernel/tracing/instances'], { encoding: 'utf8' })
    .split('\n')
    .filter((name) => name.startsWith('culprit-'));

describe.skipIf(why !== undefined)('drops that no rule makes, on real packets', () => {
  let net: MiniNet;
  let restore = '';
  const noise: ChildProcess[] = [];
  beforeAll(async () => {
    net = await MiniNet.up();
    net.in(net.internet, `ip addr add ${OURS}/32 dev lo`);
    // somebody who hears everything and never answers
    const silent = ['-t', String(net.internet), '-n', 'busybox', 'nc', '-lu', '-p', '53', '-s', OURS];
    noise.push(spawn('nsenter', silent, { stdio: 'ignore' }));
  });
  afterAll(() => net.down());
  afterEach(() => {
    if (restore) net.in(net.guest, restore);
    restore = '';
  });
  afterAll(async () => {
    for (const child of noise) {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    }
  });

  const breakIt = (how: string, undo: string) => {
    restore = undo;
    net.in(net.guest, how);
  };

  /** Strict reverse path filtering, where the way out is chosen by a mark that answers do not carry. */
  const asymmetric = () => {
    breakIt(
      `ip link add dummy0 type veth peer name dummy1; ip link set dummy0 up; ip route add 203.0.113.0/24 dev dummy0
       ip route add default via 10.9.0.2 table 77; ip rule add fwmark 0x77 lookup 77
       nft 'table ip marks { chain pre { type filter hook prerouting priority -150; iifname "br0" meta mark set 0x77; }; }'
       echo 1 >/proc/sys/net/ipv4/conf/wan0/rp_filter`,
      `echo 0 >/proc/sys/net/ipv4/conf/wan0/rp_filter; nft delete table ip marks
       ip rule del fwmark 0x77 lookup 77; ip route flush table 77; ip link del dummy0`,
    );
  };

  /** Others whose packets the same filter drops at the same device, a good many every second. */
  async function makeNoise(): Promise<void> {
    // asked for from that address, the guest's own would not be told: the filter is for ARP, too
    const mac = /ether (\S+)/.exec(net.in(net.guest, 'ip link show wan0'))?.[1];
    net.in(
      net.internet,
      `ip addr replace 203.0.113.99/32 dev lo; ip neigh replace 10.9.0.1 lladdr ${mac} dev eth0`,
    );
    const others = [
      '-t',
      String(net.internet),
      '-n',
      'ping',
      '-q',
      '-i',
      '0.005',
      '-I',
      '203.0.113.99',
      '10.9.0.1',
    ];
    noise.push(spawn('nsenter', others, { stdio: 'ignore' }));
    const dropped = () =>
      Number(
        /IPReversePathFilter +(\d+)/.exec(net.in(net.guest, 'nstat -az TcpExtIPReversePathFilter'))?.[1],
      );
    await until(() => dropped() > 50);
  }

  async function watch(
    port: 80 | 53,
    journeys: readonly Journey[] = [],
    signal = new AbortController().signal,
  ): Promise<readonly Journey[]> {
    // The kernel's trace knows no namespaces, and other tests' miniature guests have the same addresses: one of our own
    const far = journeys.length > 0 ? ANSWERS : OURS;
    const shell = ['/usr/bin/unshare', ...WITH_TRACEFS, ...net.shell];
    const guest = await localGuest({ shell });
    try {
      const proto = port === 80 ? 'tcp' : 'udp';
      const spec = {
        id: 'c→i',
        kind: 'internet-ip',
        from: { where: 'container', name: 'c', network: 'n', pid: net.container, address: '172.17.0.2' },
        to: { what: 'internet-ip', proto, host: far, port, label: far },
      } as const;
      const traced = { spec, sources: ['172.17.0.2'], destinations: [far] };
      const attempt = port === 80 ? tcp(far, 80) : dns('udp', far, 'example.com');
      const flows = [{ ...spec, outcome: 'timeout', ms: 3000, detail: '' } as const];
      const watched = { traced: [traced], trials: [{ spec, attempt }], flows, again: [], journeys };
      return await watchDrops(guest, watched, signal);
    } finally {
      await guest.close();
    }
  }

  const lostReply: Journey = {
    id: 'c→i reply',
    flowId: 'c→i',
    direction: 'reply',
    packet: { iif: 'wan0', src: '203.0.113.10', dst: '10.9.0.1', proto: 'tcp', sport: 80 },
    stops: [],
    end: 'lost',
    last: { hook: 'prerouting', iif: 'wan0' },
  };

  it('names reverse path filtering, by which device it came in and where the way back leads, in the midst of noise', async () => {
    asymmetric();
    await makeNoise();
    const [reply, ...others] = await watch(80, [lostReply]);
    expect(others).toEqual([]);
    expect(reply).toMatchObject({
      end: 'lost',
      drop: { reason: 'IP_RPFILTER', function: 'ip_rcv_finish_core', iif: 'wan0', backBy: 'dummy0' },
    });
    expect(reply?.drop?.packets).toBeGreaterThanOrEqual(2);
    expect(instances()).toEqual([]);
  });

  it('accuses nobody when others’ packets are dropped at the same place, and ours only get no answer', async () => {
    asymmetric();
    await makeNoise();
    expect(await watch(53)).toEqual([]);
  });

  it('tells at which hook netfilter dropped what no tracer saw, and accuses no rule', async () => {
    breakIt(
      `nft 'table netdev early { chain c { type filter hook ingress device c0 priority 0; ip protocol tcp drop; }; }'`,
      'nft delete table netdev early',
    );
    const [request, ...others] = await watch(80);
    expect(others).toEqual([]);
    expect(request).toMatchObject({ end: 'lost', stops: [], netfilter: { hook: 'ingress' } });
    expect(request?.drop).toBeUndefined();
  });

  it('says by which device a packet was to leave when its queue drops it', async () => {
    breakIt('tc qdisc add dev wan0 root bfifo limit 10', 'tc qdisc del dev wan0 root');
    const [request] = await watch(80);
    expect(request?.drop).toMatchObject({ iif: 'br0', oif: 'wan0', function: '__dev_queue_xmit' });
    expect(request?.drop?.reason).toMatch(/^QDISC_/);
  });

  it('says that the route is a blackhole', async () => {
    breakIt('ip route add blackhole 203.0.113.0/24', 'ip route del blackhole 203.0.113.0/24');
    expect((await watch(80))[0]?.drop).toMatchObject({ function: 'ip_error', route: 'blackhole' });
  });

  it('leaves no instance when it is killed, so that it can clean up nothing itself', async () => {
    breakIt('ip route add blackhole 203.0.113.0/24', 'ip route del blackhole 203.0.113.0/24');
    const run = watch(80);
    await until(() => instances().length > 0);
    const keeper = instances()[0]?.split('-')[1];
    const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${keeper}/status`, 'utf8'))?.[1];
    process.kill(Number(parent), 'SIGKILL');
    await run;
    await until(() => instances().length === 0);
  });

  it('leaves no instance when it is stopped half-way', async () => {
    breakIt('ip route add blackhole 203.0.113.0/24', 'ip route del blackhole 203.0.113.0/24');
    const stop = new AbortController();
    const run = watch(80, [], stop.signal);
    await until(() => instances().length > 0);
    stop.abort();
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    await until(() => instances().length === 0);
  });
});
