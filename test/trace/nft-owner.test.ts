import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localGuest } from '../../electron/connect/local-guest.ts';
import { addTryLine, judge, parseTries } from '../../electron/flow/outcome.ts';
import { type Trial, tcp } from '../../electron/flow/script.ts';
import { nftOwner, ownerScript } from '../../electron/trace/backends/nft-owner.ts';
import { journeysOf, type Traced } from '../../electron/trace/journeys.ts';
import { linkTracks } from '../../electron/trace/link.ts';
import { isOwnTable, matchesFor, OWN_CHAINS } from '../../electron/trace/own-table.ts';
import { placeOf } from '../../electron/trace/place.ts';
import { foldStops } from '../../electron/trace/stops.ts';
import type { Journey } from '../../shared/trace.ts';
import { MiniNet, noNamespaces, until } from '../support/net.ts';

const why = noNamespaces();

describe.skipIf(why !== undefined)('nft-owner on real packets', () => {
  let net: MiniNet;
  beforeAll(async () => {
    net = await MiniNet.up();
  });
  afterAll(() => net.down());

  const traced = (): Traced & Trial => ({
    spec: {
      id: 'c→i',
      kind: 'internet-ip',
      from: { where: 'container', name: 'c', network: 'n', pid: net.container, address: '172.17.0.2' },
      to: { what: 'internet-ip', proto: 'tcp', host: '203.0.113.10', port: 80, label: '203.0.113.10:80' },
    },
    sources: ['172.17.0.2'],
    destinations: ['203.0.113.10'],
    attempt: tcp('203.0.113.10', 80),
  });

  async function trace(
    signal = new AbortController().signal,
  ): Promise<{ journeys: Journey[]; gap: string; outcome: string }> {
    const guest = await localGuest({ shell: net.shell });
    try {
      const flow = traced();
      const tries = parseTries([], 1);
      const matches = matchesFor(flow.spec, flow.sources, flow.destinations);
      const task = { trials: [flow], matches, onTryLine: (line: string) => void addTryLine(tries, line) };
      const { events, gap = '' } = await nftOwner.trace(guest, task, signal);
      const base = (_: string, table: string, chain: string) =>
        isOwnTable(table) ? OWN_CHAINS[chain] : { hook: chain === 'forward' ? 'forward' : 'postrouting' };
      const { stops, orphans } = foldStops(events, base);
      expect(orphans).toBe(0);
      const journeys = journeysOf(flow, linkTracks(stops), (stop) => placeOf(stop, undefined));
      return { journeys, gap, outcome: judge(flow.spec, tries[0] ?? { began: false, steps: [] }).outcome };
    } finally {
      await guest.close();
    }
  }

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
    const flow = traced();
    const script = ownerScript({
      trials: [],
      matches: matchesFor(flow.spec, flow.sources, flow.destinations),
    });
    expect(script).toContain(
      'ip saddr 172.17.0.2 ip daddr 203.0.113.10 tcp dport 80 tcp flags & (syn|rst) != 0x0',
    );
  });
});
