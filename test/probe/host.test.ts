import { describe, expect, it } from 'vitest';
import { conntrack } from '../../electron/probe/conntrack.ts';
import { modules } from '../../electron/probe/modules.ts';
import { resolver } from '../../electron/probe/resolver.ts';
import { becameActiveAfter, isActive, services } from '../../electron/probe/services.ts';
import { effectiveRpFilter, ifaceSysctl, sysctlName, sysctls } from '../../electron/probe/sysctls.ts';
import { system } from '../../electron/probe/system.ts';
import { ufw } from '../../electron/probe/ufw.ts';
import { answer, fixture } from './support.ts';

const text = fixture('bookworm/host.txt');
const host = answer(text);
const changed = (from: string | RegExp, to: string) => answer(text.replace(from, to));

describe('system', () => {
  it('reads distribution, kernel, clock and disks', () => {
    expect(system.parse(host)).toMatchObject({
      os: 'debian',
      osVersion: '12',
      kernel: '6.1.0-56-cloud-amd64',
      arch: 'x86_64',
      hostname: 'docker-vm',
      clock: expect.closeTo(1795356310.32, 1),
      selinux: null,
      disks: [
        { mount: '/', usedPercent: 15, freeKiB: 4113824 },
        { mount: '/run', usedPercent: 1 },
      ],
    });
  });
  it('mentions a full disk', () => {
    const { en, 'zh-CN': zh } = system.summary(system.parse(changed(/15% \/$/gm, '100% /')));
    expect(en).toContain(', / is 100 % full');
    expect(zh).toContain('，/ 已用 100%');
  });
  it('fails where nothing was printed', () => {
    expect(() => system.parse(answer('', { stderr: 'sh: broken' }))).toThrow(/failed: sh: broken/);
  });
});

describe('services', () => {
  const s = services.parse(host);
  it('knows what is active, and which came first', () => {
    expect(isActive(s, 'firewalld.service')).toBe(true);
    expect(isActive(s, 'ufw.service')).toBe(false);
    expect(becameActiveAfter(s, 'docker.service', 'firewalld.service')).toBe(true);
    expect(becameActiveAfter(s, 'firewalld.service', 'docker.service')).toBe(false);
    expect(becameActiveAfter(s, 'ufw.service', 'docker.service')).toBeNull();
  });
  it('knows what starts at boot', () => {
    expect(s.enabled).toContain('docker.service');
    expect(s.enabled).not.toContain('nftables.service');
  });
});

describe('resolver', () => {
  it('reads resolv.conf', () => {
    expect(resolver.parse(host)).toMatchObject({
      present: true,
      servers: ['10.0.2.3'],
      linkTarget: null,
      systemdResolved: false,
    });
  });
  it('sees through the stub of systemd-resolved', () => {
    const stub = changed(
      /^\/etc\/resolv.conf:.*$/m,
      '/etc/resolv.conf:nameserver 127.0.0.53\n/etc/resolv.conf:options edns0 trust-ad # x\n/run/systemd/resolve/resolv.conf:nameserver 10.0.2.3',
    );
    expect(resolver.parse(stub)).toMatchObject({
      servers: ['127.0.0.53'],
      options: ['edns0', 'trust-ad'],
      upstream: ['10.0.2.3'],
    });
  });
});

describe('sysctls', () => {
  const s = sysctls.parse(host);
  it('reads what decides about forwarding', () => {
    expect(s['net.ipv4.ip_forward']).toBe('1');
    expect(s['net.bridge.bridge-nf-call-iptables']).toBe('1');
    expect(ifaceSysctl(s, 4, 'br-b774507bd857', 'forwarding')).toBe('1');
  });
  it('writes dots of interface names as slashes', () => {
    expect(sysctlName('/proc/sys/net/ipv4/conf/eth0.5/rp_filter')).toBe('net.ipv4.conf.eth0/5.rp_filter');
  });
  it('takes the stricter rp_filter', () => {
    const all = { 'net.ipv4.conf.all.rp_filter': '2', 'net.ipv4.conf.eth0/5.rp_filter': '1' };
    expect(effectiveRpFilter(all, 'eth0.5')).toBe(2);
    expect(effectiveRpFilter(all, 'none')).toBe(2);
  });
});

describe('conntrack', () => {
  it('reads how full the table is', () => {
    expect(conntrack.parse(host)).toMatchObject({ max: 8192, dropped: 0, earlyDropped: 0, fullLines: [] });
  });
  it('adds the drops of all CPUs, which are hexadecimal', () => {
    const stat = text
      .split('\n')
      .map((l) => (/^\/proc\/net\/stat\/nf_conntrack:0/.test(l) ? l.replaceAll('00000000', '0000000a') : l));
    expect(conntrack.parse(answer(stat.join('\n'))).dropped).toBe(20);
  });
  it('copes with a kernel that does not track', () => {
    const none = conntrack.parse(changed(/^\/proc\/.*conntrack.*\n/gm, ''));
    expect(none).toEqual({
      count: null,
      max: null,
      dropped: null,
      earlyDropped: null,
      insertFailed: null,
      fullLines: [],
    });
    expect(conntrack.summary(none).en).toContain('not loaded');
  });
});

describe('modules', () => {
  it('reads loggers and legacy tables', () => {
    const m = modules.parse(host);
    expect(m.loaded).toContain('br_netfilter');
    expect(m.loggers.find((l) => l.family === 2)).toMatchObject({ bound: null });
    expect(m.legacyTables).toEqual([]);
  });
  it('reads a bound logger', () => {
    const m = modules.parse(
      changed(
        /^(\/proc\/net\/netfilter\/nf_log: 2) NONE \(.*\)/m,
        '$1 nf_log_ipv4 (nf_log_ipv4,nfnetlink_log)',
      ),
    );
    expect(m.loggers.find((l) => l.family === 2)).toEqual({
      family: 2,
      bound: 'nf_log_ipv4',
      available: ['nf_log_ipv4', 'nfnetlink_log'],
    });
  });
  it('does not claim to know the legacy tables without root', () => {
    expect(modules.parse(changed('@@root\n', '')).legacyTables).toBeNull();
  });
});

describe('ufw', () => {
  it('reads its files', () => {
    expect(ufw.parse(host)).toMatchObject({
      installed: true,
      enabled: false,
      serviceActive: false,
      forwardPolicy: 'DROP',
    });
    expect(ufw.parse(changed('ENABLED=no', 'ENABLED=yes')).enabled).toBe(true);
    expect(ufw.parse(changed('/usr/sbin/ufw\n', '')).installed).toBe(false);
  });
});
