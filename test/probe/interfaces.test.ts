import { describe, expect, it } from 'vitest';
import { interfaces, parseInterfaces } from '../../electron/probe/interfaces.ts';
import { answer, fixture } from './support.ts';

describe('interfaces', () => {
  const all = interfaces.parse(answer(fixture('bookworm/ip.txt')));
  const named = (name: string) => all.find((i) => i.name === name);

  it('tells a bridge, its ports and the hardware apart', () => {
    expect(named('docker0')).toMatchObject({ kind: 'bridge', up: true, master: null, mtu: 1500 });
    const port = all.find((i) => i.master === 'br-b774507bd857');
    expect(port).toMatchObject({ kind: 'veth', portState: 'forwarding', isolated: false });
    expect(port).toMatchObject({ learning: true, flood: true, bcastFlood: true, locked: false });
    expect(port?.peerIndex).toBeGreaterThan(1);
    expect(port?.peerNetns).not.toBeNull();
    expect(named('ens3')).toMatchObject({ kind: '', peerIndex: null, altNames: ['enp0s3'] });
  });

  it('keeps the addresses of both families', () => {
    expect(named('ens3')?.addresses).toContainEqual({
      family: 4,
      address: '10.0.2.15',
      prefix: 24,
      scope: 'global',
    });
    expect(named('lo')?.addresses).toContainEqual({ family: 6, address: '::1', prefix: 128, scope: 'host' });
  });

  it('separates the switch from the carrier', () => {
    const json = [
      { ifindex: 3, ifname: 'br-x', flags: ['NO-CARRIER', 'UP'], mtu: 1500, operstate: 'DOWN' },
      {},
    ];
    expect(parseInterfaces(json)).toEqual([
      expect.objectContaining({ up: true, carrier: false, state: 'DOWN' }),
    ]);
  });

  it('says that ip is missing', () => {
    expect(() => interfaces.parse(answer('', { code: 127 }))).toThrow(/tool-missing/);
  });

  it('refuses what is not a list of interfaces', () => {
    expect(() => parseInterfaces({})).toThrow();
    expect(() => parseInterfaces([{ ifname: 7 }])).toThrow();
  });
});
