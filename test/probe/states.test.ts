import { describe, expect, it } from 'vitest';
import { containers } from '../../electron/probe/containers.ts';
import { docker, parseDocker } from '../../electron/probe/docker.ts';
import { firewalld } from '../../electron/probe/firewalld.ts';
import { iptables } from '../../electron/probe/iptables.ts';
import { iptablesChain } from '../../electron/probe/lib/iptables-save.ts';
import { findRule } from '../../electron/probe/lib/nft-model.ts';
import { listeners } from '../../electron/probe/listeners.ts';
import { modules } from '../../electron/probe/modules.ts';
import { routes } from '../../electron/probe/routes.ts';
import { ruleset } from '../../electron/probe/ruleset.ts';
import { sysctls } from '../../electron/probe/sysctls.ts';
import { tc } from '../../electron/probe/tc.ts';
import { answer, fixture } from './support.ts';

const seen = (name: string) => answer(fixture(name));

describe('a guest with faults', () => {
  it('shows netem and the ingress filter', () => {
    const got = tc.parse(seen('bookworm-odd/ip.txt'));
    expect(got.qdiscs.find((q) => q.kind === 'netem')).toMatchObject({
      dev: 'br-b774507bd857',
      options: { 'loss-random': { loss: 1 } },
    });
    expect(got.ingress).toMatchObject([
      { dev: 'veth07f98b5', protocol: 'ip', pref: 49152, kind: 'matchall', actions: ['drop'] },
    ]);
    expect(tc.summary(got)).toEqual({
      en: 'netem on br-b774507bd857, ingress on veth07f98b5; 1 filters',
      'zh-CN': 'br-b774507bd857 上有 netem，veth07f98b5 上有 ingress；1 个过滤器',
    });
  });

  it('shows barred routes and the rules that lead to them', () => {
    const got = routes.parse(seen('bookworm-odd/ip.txt'));
    expect(got.routes).toContainEqual(
      expect.objectContaining({ type: 'blackhole', dst: '203.0.113.0/24', table: 'main' }),
    );
    expect(got.routes).toContainEqual(
      expect.objectContaining({ type: 'unreachable', dst: '0.0.0.0/0', table: '66' }),
    );
    expect(got.rules.map((r) => r.text)).toEqual(
      expect.arrayContaining(['from 172.18.0.0/16 lookup 66', 'from all fwmark 0x77 lookup 67']),
    );
  });

  it('shows the legacy rule and the odd match', () => {
    const { tables } = iptables.parse(seen('bookworm-odd/iptables.txt'));
    expect(iptablesChain(tables, 'filter', 'FORWARD', 'legacy')?.rules[0]?.text).toBe(
      '-A FORWARD -s 172.18.0.0/16 -p tcp -m tcp --dport 80 -j DROP',
    );
    expect(iptablesChain(tables, 'filter', 'DOCKER-USER')?.rules[0]?.text).toContain(
      '--comment "it is \\"x\\""',
    );
    expect(modules.parse(seen('bookworm-odd/host.txt'))).toMatchObject({
      legacyTables: ['filter'],
      loggers: expect.arrayContaining([{ family: 2, bound: 'nf_log_ipv4', available: ['nf_log_ipv4'] }]),
    });
  });

  it('shows the set, and the text of a rule whose comment looks like a handle', () => {
    const got = ruleset.parse(seen('bookworm-odd/ruleset.txt'));
    expect(got.withoutText).toBe(0);
    expect(got.sets).toMatchObject([
      {
        name: 'bad',
        elements: ['198.51.100.7', { prefix: { addr: '203.0.113.0', len: 24 } }],
        elementCount: 2,
      },
    ]);
    expect(findRule(got, 'ip', 'blocklist', 'forward', 3)?.text).toBe(
      'ip daddr @bad counter packets 0 bytes 0 drop comment "x # handle 7"',
    );
    const odd = findRule(got, 'ip', 'filter', 'DOCKER-USER', 62);
    expect(odd?.expr[0]).toEqual({ xt: { type: 'match', name: 'statistic' } });
    expect(odd?.text).toMatch(/drop$/);
  });
});

describe('a guest without Docker running', () => {
  it('knows that it was stopped, and that its configuration is not valid', () => {
    const got = parseDocker(seen('bookworm-docker-stopped/docker.txt'));
    expect(got).toMatchObject({
      running: false,
      unit: { active: 'inactive', sub: 'dead', result: 'success', enabled: 'enabled' },
      info: null,
    });
    expect(got.daemonJson?.error).toMatch(/JSON/);
    expect(got.daemonJson?.text).toContain('"splunk-token": "***"');
  });

  it('quotes the journal when it cannot start', () => {
    const got = parseDocker(seen('bookworm-docker-broken/docker.txt'));
    expect(got.journal).toContainEqual(
      expect.stringContaining('unable to configure the Docker daemon with file /etc/docker/daemon.json'),
    );
    expect(docker.summary(got).en).toMatch(/^Docker is not running \(activating/);
  });

  it('finds no containers and no firewalld', () => {
    expect(containers.parse(seen('bookworm-docker-stopped/containers.txt')).containers).toEqual([]);
    expect(firewalld.parse(seen('bookworm-docker-stopped/firewalld.txt'))).toMatchObject({
      installed: true,
      running: false,
    });
  });
});

describe('a guest without root', () => {
  it('does not take a refusal for an empty answer', () => {
    const stderr = fixture('bookworm-no-root/iptables.stderr.txt');
    expect(() => iptables.parse(answer(fixture('bookworm-no-root/iptables.txt'), { stderr }))).toThrow(
      /failed: .*must be root/,
    );
    const denied = 'permission denied while trying to connect to the Docker daemon socket';
    expect(() => parseDocker(answer(fixture('bookworm-no-root/docker.txt'), { stderr: denied }))).toThrow(
      /no-root/,
    );
    expect(() => containers.parse(seen('bookworm-no-root/containers.txt'))).toThrow(/failed/);
  });

  it('still knows sysctls and listeners', () => {
    expect(sysctls.parse(seen('bookworm-no-root/host.txt'))['net.ipv4.ip_forward']).toBe('1');
    expect(modules.parse(seen('bookworm-no-root/host.txt')).legacyTables).toBeNull();
    expect(listeners.parse(seen('bookworm-no-root/listeners.txt'))).toContainEqual(
      expect.objectContaining({ port: 8080, processes: [] }),
    );
  });
});

describe('a guest without curl', () => {
  it('learns the same from the docker command', () => {
    const viaCommand = parseDocker(seen('bookworm-no-curl/docker.txt'));
    const viaSocket = parseDocker(seen('bookworm/docker.txt'));
    const byName = <T extends { name: string }>(all: T[]) =>
      all.toSorted((a, b) => a.name.localeCompare(b.name));
    expect(byName(viaCommand.containers)).toEqual(byName(viaSocket.containers));
    expect(byName(viaCommand.networks)).toEqual(byName(viaSocket.networks));
    expect(viaCommand.info?.version).toBe(viaSocket.info?.version);
  });
});
