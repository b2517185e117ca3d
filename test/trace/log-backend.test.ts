import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { log } from '../../electron/trace/backends/log.ts';
import type { Journey } from '../../shared/trace.ts';
import { traceMini } from '../support/mini-trace.ts';
import { MiniNet, noNamespaces, until } from '../support/net.ts';

const why = noNamespaces();
/** LOG is silent outside the first network namespace unless this is on. */
const EVERYWHERE = '/proc/sys/net/netfilter/nf_log_all_netns';
const DROP =
  'table inet guard { chain forward { type filter hook forward priority 5; tcp dport 80 drop; }; }';

const places = ({ stops }: Journey) =>
  stops.map(({ table, baseChain, seenAt }) => `${table} ${baseChain} ${seenAt}`);

describe.skipIf(why !== undefined)('LOG rules on real packets', () => {
  let net: MiniNet;
  let before: string;
  beforeAll(async () => {
    before = readFileSync(EVERYWHERE, 'utf8');
    writeFileSync(EVERYWHERE, '1');
    net = await MiniNet.up();
  });
  afterAll(async () => {
    writeFileSync(EVERYWHERE, before);
    await net.down();
  });

  const rules = () => net.in(net.guest, 'nft list ruleset 2>/dev/null');

  it('see a packet at the first and last place of each hook, and its answer; nothing of them is left', async () => {
    const clean = rules();
    const { journeys, ...how } = await traceMini(net, log);
    expect(how).toEqual({ gap: '', broke: '', outcome: 'ok' });
    expect(journeys.map(({ direction, end }) => [direction, end])).toEqual([
      ['request', 'delivered'],
      ['reply', 'delivered'],
    ]);
    const way = [
      'raw PREROUTING start',
      'mangle PREROUTING end',
      'mangle FORWARD start',
      'security FORWARD end',
      'mangle POSTROUTING start',
      'mangle POSTROUTING end',
    ];
    expect(journeys.map(places)).toEqual([way, way]);
    expect(rules()).toBe(clean);
  });

  it('show how far a packet got that a rule dropped, and name no rule', async () => {
    net.nft(DROP);
    const { journeys, outcome } = await traceMini(net, log);
    net.nft('delete table inet guard');
    expect(outcome).toBe('timeout');
    expect(journeys).toHaveLength(1);
    expect(journeys[0]).toMatchObject({
      end: 'lost',
      last: { hook: 'forward', iif: 'br0', oif: 'wan0' },
      stops: [{}, {}, { table: 'mangle', baseChain: 'FORWARD', hook: 'forward', priority: -150 }],
    });
    expect(journeys[0]).not.toHaveProperty('at');
  });

  it('work through the old iptables, too', async ({ skip }) => {
    const legacy = 'iptables-legacy -t raw -S PREROUTING';
    const has = net.in(net.guest, `${legacy} 2>/dev/null || echo none`);
    if (has.includes('none')) skip('needs iptables-legacy and its raw table');
    const { journeys } = await traceMini(net, log, { legacy: true });
    expect(journeys[0]?.stops.map(({ legacy, table }) => `${legacy} ${table}`)).toContain('true security');
    for (const table of ['raw', 'mangle', 'security'])
      expect(net.in(net.guest, `iptables-legacy -t ${table} -S`)).not.toContain('culprit');
  });

  it('leave tables as they were that had rules, also where they are stopped half-way', async () => {
    net.nft(DROP);
    net.in(net.guest, 'iptables-nft -t mangle -A FORWARD -m comment --comment mine -j MARK --set-mark 1');
    const had = rules().replaceAll(/counter packets \d+ bytes \d+/g, 'counter');
    const stop = new AbortController();
    const run = traceMini(net, log, { signal: stop.signal });
    await until(() => rules().includes('culprit_'));
    stop.abort();
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    await until(() => rules().replaceAll(/counter packets \d+ bytes \d+/g, 'counter') === had);
    net.nft('delete table inet guard; delete table ip mangle');
  });

  it('take away what a keeper left that somebody killed', async () => {
    net.nft(DROP);
    const broken = traceMini(net, log);
    const keeper = () => Number(/culprit_(\d+)_post_last\b/.exec(rules())?.[1] ?? 0);
    await until(() => keeper() > 0);
    process.kill(keeper(), 'SIGKILL');
    expect(await broken).toMatchObject({ broke: 'died' });
    expect(keeper()).toBeGreaterThan(0);
    net.nft('delete table inet guard');
    expect((await traceMini(net, log)).outcome).toBe('ok');
    expect(rules()).not.toContain('culprit_');
  });
});
