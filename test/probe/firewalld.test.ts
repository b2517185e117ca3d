import { describe, expect, it } from 'vitest';
import { firewalld, parseFirewalld } from '../../electron/probe/firewalld.ts';
import { readBusctl } from '../../electron/probe/lib/busctl.ts';
import { answer, fixture } from './support.ts';

describe('firewalld', () => {
  const whole = fixture('bookworm/firewalld.txt');
  const all = parseFirewalld(answer(whole));

  it('reads the zones in use and the default zone', () => {
    expect(all).toMatchObject({
      installed: true,
      running: true,
      version: '1.3.3',
      backend: 'nftables',
      defaultZone: 'public',
    });
    expect(all.zones.find((z) => z.name === 'docker')).toMatchObject({
      target: 'ACCEPT',
      interfaces: ['br-b774507bd857'],
      forward: true,
    });
    expect(all.zones.find((z) => z.name === 'public')).toMatchObject({
      target: 'default',
      services: ['ssh', 'dhcpv6-client'],
    });
  });

  it('reads policies with their direction', () => {
    expect(all.policies).toMatchObject([{ name: 'allow-host-ipv6', ingress: ['ANY'], egress: ['HOST'] }]);
  });

  it('reads direct rules', () => {
    const rule =
      'a(sssias) 1 "ipv4" "filter" "FORWARD" 0 6 "-s" "172.16.0.0/12" "!" "-d" "172.16.0.0/12" "-j REJECT"';
    const got = parseFirewalld(answer(whole.replace('a(sssias) 0', rule)));
    expect(got.directRules).toEqual([
      {
        family: 'ipv4',
        table: 'filter',
        chain: 'FORWARD',
        priority: 0,
        args: ['-s', '172.16.0.0/12', '!', '-d', '172.16.0.0/12', '-j REJECT'],
      },
    ]);
  });

  it('reads the settings of firewalld 0.8, which come without names', () => {
    const old =
      '@@conf\n@@installed\n@@running\n@@active\na{sa{sas}} 1 "public" 1 "interfaces" 1 "ens3"\n@@zone public\n' +
      '(sssbsasa(ss)asba(ssss)asasasasa(ss)b) "" "Public" "For use in public areas." false "default" 1 "ssh" 1 "80" "tcp" 0 true 1 "80" "tcp" "8080" "" 1 "ens4" 0 1 "rule accept" 0 0 false\n@@policies\n@@direct\na(sssias) 0\n';
    expect(parseFirewalld(answer(old)).zones[0]).toEqual({
      name: 'public',
      target: 'default',
      interfaces: ['ens3', 'ens4'],
      sources: [],
      services: ['ssh'],
      ports: ['80/tcp'],
      masquerade: true,
      forward: false,
      forwardPorts: ['port=80:proto=tcp:toport=8080:toaddr='],
      richRules: ['rule accept'],
    });
  });

  it('takes a firewalld that is not running as a fact', () => {
    const stopped = `${whole.slice(0, whole.indexOf('@@running'))}@@end\n`;
    expect(parseFirewalld(answer(stopped))).toMatchObject({
      installed: true,
      running: false,
      zones: [],
      directRules: [],
    });
    expect(firewalld.summary(parseFirewalld(answer(stopped)))).toEqual({
      en: 'installed, not running',
      'zh-CN': '已安装，未运行',
    });
    expect(firewalld.summary(parseFirewalld(answer('@@conf\n@@end\n'))).en).toBe('not installed');
  });

  it('says that it cannot ask without busctl', () => {
    expect(() => parseFirewalld(answer('@@conf\n@@installed\n@@no-busctl\n'))).toThrow(/tool-missing/);
  });
});

describe('busctl', () => {
  it.each([
    ['s "a \\"b\\" \\\\ \\303\\244\\n"', 'a "b" \\ ä\n'],
    ['as 0', []],
    ['a{sv} 2 "x" b true "y" a(ii) 1 3 -4', { x: true, y: [[3, -4]] }],
    ['(sa{su}v) "n" 1 "k" 7 as 2 "a b" "c"', ['n', { k: 7 }, ['a b', 'c']]],
  ])('reads %s', (text, value) => {
    expect(readBusctl(text)).toEqual(value);
  });

  it.each([
    '',
    'a{sa{sas}} 1 "docker" 1 "interfaces" 2 "a"',
    'as 999999999 "a"',
    'Call failed: x',
    '(ss "a"',
  ])('refuses %s', (text) => {
    expect(() => readBusctl(text)).toThrow(/unreadable/);
  });
});
