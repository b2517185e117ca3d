import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { xtablesMonitor } from '../../electron/trace/backends/xtables-monitor.ts';
import { traceMini } from '../support/mini-trace.ts';
import { MiniNet, noNamespaces, until } from '../support/net.ts';

const why =
  noNamespaces() ?? (spawnSync('xtables-monitor', ['-V']).error ? 'needs xtables-monitor' : undefined);

describe.skipIf(why !== undefined)('xtables-monitor on real packets', () => {
  let net: MiniNet;
  beforeAll(async () => {
    net = await MiniNet.up();
  });
  afterAll(() => net.down());

  const tables = () => net.in(net.guest, 'nft list tables');

  it('follows a packet out and its answer back, and takes the table away that it made', async () => {
    const { journeys, ...how } = await traceMini(net, xtablesMonitor);
    expect(how).toEqual({ gap: '', broke: '', outcome: 'ok' });
    expect(journeys[0]).toMatchObject({ direction: 'request', end: 'delivered' });
    expect(journeys[0]?.stops[0]).toMatchObject({ table: 'raw', baseChain: 'PREROUTING', rules: [] });
    expect(tables()).toBe('table ip nat\n');
  });

  it('leaves a raw table as it was, and names a rule in it', async () => {
    net.in(net.guest, 'iptables-nft -t raw -A PREROUTING -p tcp --dport 80 -j DROP');
    const before = net.in(net.guest, 'nft list ruleset | sed "s/counter packets [0-9]* bytes [0-9]*//"');
    const { journeys, outcome } = await traceMini(net, xtablesMonitor);
    const after = net.in(net.guest, 'nft list ruleset | sed "s/counter packets [0-9]* bytes [0-9]*//"');
    net.in(net.guest, 'nft delete table ip raw');
    expect(outcome).toBe('timeout');
    expect(journeys[0]).toMatchObject({
      end: 'dropped',
      at: { table: 'raw', chain: 'PREROUTING', rule: '-A PREROUTING -p tcp -m tcp --dport 80 -j DROP' },
    });
    expect(after).toBe(before);
  });

  it('sees what nft’s own tables do, by handle', async () => {
    net.nft(
      'table inet guard { chain forward { type filter hook forward priority 5; tcp dport 80 counter drop; }; }',
    );
    const { journeys } = await traceMini(net, xtablesMonitor);
    net.nft('delete table inet guard');
    expect(journeys[0]).toMatchObject({ end: 'dropped', at: { family: 'inet', table: 'guard', handle: 2 } });
  });

  it('is gone when it is stopped half-way', async () => {
    net.nft(
      'table inet guard { chain forward { type filter hook forward priority 5; tcp dport 80 drop; }; }',
    );
    const stop = new AbortController();
    const run = traceMini(net, xtablesMonitor, { signal: stop.signal });
    await until(() => net.in(net.guest, 'nft list ruleset').includes('culprit_'));
    stop.abort();
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    net.nft('delete table inet guard');
    await until(() => tables() === 'table ip nat\n');
  });
});
