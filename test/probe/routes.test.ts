import { describe, expect, it } from 'vitest';
import { parseRoutes, parseRules, routes } from '../../electron/probe/routes.ts';
import { answer, fixture } from './support.ts';

describe('routes', () => {
  const all = routes.parse(answer(fixture('bookworm/ip.txt')));

  it('finds the default route and the bridges', () => {
    expect(all.routes).toContainEqual(
      expect.objectContaining({
        family: 4,
        table: 'main',
        dst: '0.0.0.0/0',
        gateway: '10.0.2.2',
        dev: 'ens3',
      }),
    );
    expect(all.routes).toContainEqual(
      expect.objectContaining({ dst: '172.18.0.0/16', dev: 'br-b774507bd857' }),
    );
  });

  it('writes a host as /32 and leaves broadcasts out', () => {
    expect(all.routes).toContainEqual(
      expect.objectContaining({ type: 'local', dst: '10.0.2.15/32', table: 'local' }),
    );
    expect(all.routes.map((r) => r.type)).not.toContain('broadcast');
    expect(all.routes.map((r) => r.type)).not.toContain('multicast');
  });

  it('reads the rules of both families', () => {
    expect(all.rules.filter((r) => r.family === 4).map((r) => r.text)).toEqual([
      'from all lookup local',
      'from all lookup main',
      'from all lookup default',
    ]);
    expect(all.rules.filter((r) => r.family === 6)).toHaveLength(2);
  });

  it('keeps barred routes, with their family', () => {
    const json = [
      { type: 'blackhole', dst: '203.0.113.0/24', flags: [] },
      { type: 'unreachable', dst: 'default', table: '66', flags: [] },
      { type: 'unreachable', dst: 'default', dev: 'lo', metric: 4294967295, flags: [], pref: 'medium' },
    ];
    expect(parseRoutes(json)).toMatchObject([
      { family: 4, type: 'blackhole', dst: '203.0.113.0/24', table: 'main', dev: null },
      { family: 4, type: 'unreachable', dst: '0.0.0.0/0', table: '66' },
      { family: 6, dst: '::/0' },
    ]);
  });

  it('keeps every hop of a multipath route', () => {
    const hops = [
      { gateway: '10.0.2.2', dev: 'eth0', weight: 1, flags: [] },
      { gateway: '10.0.3.2', dev: 'eth1', weight: 1, flags: [] },
    ];
    expect(parseRoutes([{ dst: 'default', nexthops: hops, flags: [] }])[0]).toMatchObject({
      gateway: '10.0.2.2',
      dev: 'eth0',
      hops: [
        { gateway: '10.0.2.2', dev: 'eth0' },
        { gateway: '10.0.3.2', dev: 'eth1' },
      ],
    });
  });

  it('writes a rule as a person would', () => {
    const json = [
      { priority: 100, src: '172.18.0.0', srclen: 16, table: '66' },
      { priority: 101, not: null, src: 'all', fwmark: '0x77', fwmask: '0xff', iif: 'eth0', table: 'main' },
      { priority: 102, src: '10.1.1.1', action: 'unreachable' },
    ];
    expect(parseRules(json, 4).map((r) => r.text)).toEqual([
      'from 172.18.0.0/16 lookup 66',
      'not from all fwmark 0x77/0xff iif eth0 lookup main',
      'from 10.1.1.1/32 unreachable',
    ]);
  });

  it('reads what else a rule looks at', () => {
    // Debian 12: ip rule add not tos 0x10 fwmark 0x4/0xf iif docker0 uidrange 0-10 ipproto tcp sport 1000-2000 dport 80 …
    const json = JSON.parse(
      '[{"priority":30000,"not":null,"src":"all","tos":"0x10","fwmark":"0x4","fwmask":"0xf","iif":"docker0","uid_start":0,"uid_end":10,"ipproto":"tcp","sport_start":1000,"sport_end":2000,"dport":80,"table":"200"}]',
    );
    const [rule] = parseRules(json, 4);
    expect(rule?.text).toBe(
      'not from all tos 0x10 fwmark 0x4/0xf iif docker0 uidrange 0-10 ipproto tcp sport 1000-2000 dport 80 lookup 200',
    );
    expect(rule?.selects).toEqual({
      tos: '0x10',
      uids: [0, 10],
      proto: 'tcp',
      sport: [1000, 2000],
      dport: [80, 80],
    });
  });

  it.each([['ipproto-6'], [6], ['tcp']])('knows a protocol of a rule by its number (%s)', (ipproto) => {
    const [rule] = parseRules([{ priority: 1, src: 'all', ipproto, table: 'main' }], 4);
    expect(rule?.selects.proto).toBe('tcp');
  });

  it('sums up the missing default route', () => {
    expect(routes.summary({ routes: [], rules: [] }).en).toContain('no IPv4 default route');
  });
});
