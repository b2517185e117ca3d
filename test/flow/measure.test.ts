import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localGuest } from '../../electron/connect/local-guest.ts';
import type { Planned } from '../../electron/flow/kind.ts';
import { tryFromMac } from '../../electron/flow/mac.ts';
import { measureFlows } from '../../electron/flow/measure.ts';
import { repeatFlows } from '../../electron/flow/repeat.ts';
import { icmp, page, peek, tcp } from '../../electron/flow/script.ts';
import type { FlowResult, Origin } from '../../shared/flow.ts';
import { MiniNet, noNamespaces } from '../support/net.ts';

describe.skipIf(noNamespaces() !== undefined)('flows over real packets', () => {
  let net: MiniNet;
  beforeAll(async () => {
    net = await MiniNet.up();
  });
  afterAll(() => net.down());

  const container = (): Origin => ({
    where: 'container',
    name: 'c',
    network: 'n',
    pid: net.container,
    address: '172.17.0.2',
  });
  const plan = (id: string, from: Origin, attempt: NonNullable<Planned['attempt']>): Planned => ({
    spec: {
      id,
      kind: 'internet-ip',
      from,
      to: { what: 'internet-ip', proto: 'tcp', host: '203.0.113.10', port: 80, label: id },
    },
    attempt,
  });

  async function measure(planned: Planned[], hasBash = true): Promise<Record<string, FlowResult>> {
    const guest = await localGuest({ shell: net.shell });
    try {
      const results = await measureFlows(guest, planned, {
        hasBash,
        tryFromMac,
        signal: new AbortController().signal,
        onResult: () => undefined,
        commandId: () => 'c1',
      });
      return Object.fromEntries(results.map((r) => [r.id, r]));
    } finally {
      await guest.close();
    }
  }

  it('tells accepted, refused, silent, unreachable and prohibited apart, all in one go', async () => {
    net.nft(
      'table inet t { chain f { type filter hook forward priority 0; tcp dport 81 drop; tcp dport 82 reject with tcp reset; tcp dport 83 reject with icmpx type admin-prohibited; }; }',
    );
    net.in(net.guest, 'ip route add prohibit 198.51.100.7/32');
    const results = await measure([
      plan('ok', container(), tcp('203.0.113.10', 80)),
      plan('page', container(), page('203.0.113.10', 80, 'x', '/')),
      plan('peek', container(), peek('203.0.113.10', 80)),
      plan('closed', container(), tcp('203.0.113.10', 9)),
      plan('closed page', container(), page('203.0.113.10', 9, 'x', '/')),
      plan('closed peek', container(), peek('203.0.113.10', 9)),
      plan('rejected page', container(), page('203.0.113.10', 83, 'x', '/')),
      plan('silent', container(), tcp('203.0.113.10', 81)),
      plan('reset', container(), tcp('203.0.113.10', 82)),
      plan('rejected', container(), tcp('203.0.113.10', 83)),
      plan('forbidden', { where: 'guest' }, tcp('198.51.100.7', 80)),
      plan('echo', container(), icmp('203.0.113.10')),
      plan('control', { where: 'guest' }, tcp('203.0.113.10', 80)),
    ]);
    net.nft('delete table inet t');
    expect(Object.fromEntries(Object.entries(results).map(([id, r]) => [id, r.outcome]))).toEqual({
      ok: 'ok',
      page: 'ok',
      peek: 'ok',
      closed: 'refused',
      'closed page': 'refused',
      'closed peek': 'refused',
      'rejected page': 'unreachable',
      silent: 'timeout',
      reset: 'refused',
      rejected: 'unreachable',
      forbidden: 'prohibited',
      echo: 'ok',
      control: 'ok',
    });
  });

  it('says why where a place cannot be entered, and goes on with the others', async () => {
    const gone: Origin = {
      where: 'container',
      name: 'gone',
      network: 'n',
      pid: 4_000_000,
      address: '172.17.0.9',
    };
    const results = await measure([
      plan('gone', gone, tcp('203.0.113.10', 80)),
      plan('ok', container(), tcp('203.0.113.10', 80)),
    ]);
    expect(results.gone).toMatchObject({
      outcome: 'skipped',
      detail: expect.stringContaining('/proc/4000000/ns/net'),
    });
    expect(results.ok?.outcome).toBe('ok');
  });

  it('skips what needs bash where there is none', async () => {
    const results = await measure([plan('x', { where: 'guest' }, tcp('203.0.113.10', 80))], false);
    expect(results.x).toMatchObject({ outcome: 'skipped', saying: 'no-tool', detail: 'bash' });
  });

  it('says how often a flow works that works now and then', async () => {
    net.nft(
      'table inet chance { chain f { type filter hook forward priority 0; tcp flags & (syn|ack) == syn numgen inc mod 8 < 6 drop; }; }',
    );
    const guest = await localGuest({ shell: net.shell });
    const signal = new AbortController().signal;
    try {
      const shaky = [plan('shaky', container(), tcp('203.0.113.10', 80))];
      const rates = await repeatFlows(guest, shaky, { hasBash: true, tryFromMac, signal });
      expect(rates.get('shaky')?.of).toBe(8);
      expect(rates.get('shaky')?.ok).toBeGreaterThan(0);
      expect(rates.get('shaky')?.ok).toBeLessThan(8);
      expect(await repeatFlows(guest, [], { hasBash: true, tryFromMac, signal })).toEqual(new Map());
    } finally {
      await guest.close();
      net.nft('delete table inet chance');
    }
  });
});
