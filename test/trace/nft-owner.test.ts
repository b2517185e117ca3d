import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nftOwner, ownerScript } from '../../electron/trace/backends/nft-owner.ts';
import { matchesFor } from '../../electron/trace/match.ts';
import { miniFlow, traceMini } from '../support/mini-trace.ts';
import { MiniNet, noNamespaces, until } from '../support/net.ts';

const why = noNamespaces();

describe.skipIf(why !== undefined)('nft-owner on real packets', () => {
  let net: MiniNet;
  beforeAll(async () => {
    net = await MiniNet.up();
  });
  afterAll(() => net.down());

  const trace = (signal?: AbortSignal) => traceMini(net, nftOwner, { signal });
  const tables = () => net.in(net.guest, 'nft list tables');

  it('follows a packet out and its answer back, and leaves no table', async () => {
    const { journeys, gap, outcome } = await trace();
    expect({ gap, outcome }).toEqual({ gap: '', outcome: 'ok' });
    expect(journeys.map((j) => [j.direction, j.end])).toEqual([
      ['request', 'delivered'],
      ['reply', 'delivered'],
    ]);
    expect(journeys[0]?.nat?.src).toBe('10.9.0.1');
    expect(tables()).toBe('table ip nat\n');
  });

  it('names the rule that drops, by handle and text', async () => {
    net.nft(
      'table inet guard { chain forward { type filter hook forward priority 5; tcp dport 80 counter drop; }; }',
    );
    const { journeys, outcome } = await trace();
    net.nft('delete table inet guard');
    expect(outcome).toBe('timeout');
    expect(journeys[0]).toMatchObject({
      end: 'dropped',
      at: {
        family: 'inet',
        table: 'guard',
        chain: 'forward',
        handle: 2,
        rule: 'tcp dport 80 counter drop',
        policy: false,
      },
    });
  });

  it('tells a policy from a rule, and an answer that dies on the way back', async () => {
    net.nft(
      'table inet guard { chain forward { type filter hook forward priority 5; policy drop; tcp dport 80 accept; }; }',
    );
    const { journeys } = await trace();
    net.nft('delete table inet guard');
    expect(journeys.map((j) => [j.direction, j.end])).toEqual([
      ['request', 'delivered'],
      ['reply', 'dropped'],
    ]);
    expect(journeys[1]?.at).toMatchObject({ table: 'guard', policy: true, rule: 'policy drop' });
  });

  it('says that it never came back when nothing dropped it', async () => {
    net.in(net.guest, 'ip route add blackhole 203.0.113.10/32');
    const { journeys } = await trace();
    net.in(net.guest, 'ip route del blackhole 203.0.113.10/32');
    expect(journeys).toHaveLength(1);
    expect(journeys[0]).toMatchObject({ end: 'lost', last: { hook: 'prerouting', iif: 'br0' } });
  });

  it('is gone at once when it is stopped half-way', async () => {
    net.nft(
      'table inet guard { chain forward { type filter hook forward priority 5; tcp dport 80 drop; }; }',
    );
    const stop = new AbortController();
    const run = trace(stop.signal);
    await until(() => tables().includes('culprit'));
    stop.abort();
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    net.nft('delete table inet guard');
    await until(() => tables() === 'table ip nat\n');
  });

  it('marks only the packets of the flow', () => {
    const flow = miniFlow(net);
    const script = ownerScript({
      trials: [],
      matches: matchesFor(flow.spec, flow.sources, flow.destinations),
    });
    expect(script).toContain(
      'ip saddr 172.17.0.2 ip daddr 203.0.113.10 tcp dport 80 tcp flags & (syn|rst) != 0x0',
    );
  });
});
