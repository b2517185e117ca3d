import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { journeysOf, type Traced } from '../../electron/trace/journeys.ts';
import { linkTracks } from '../../electron/trace/link.ts';
import { isOwnTable, OWN_CHAINS } from '../../electron/trace/own-table.ts';
import { placeUnread } from '../../electron/trace/place.ts';
import { type BaseChainOf, foldStops } from '../../electron/trace/stops.ts';
import type { FlowSpec } from '../../shared/flow.ts';
import type { TraceEvent } from '../../shared/trace.ts';
import { nftLine } from '../support/nft-line.ts';

const SAMPLE = readFileSync(
  new URL('../fixtures/trace/bookworm-nft-1.0.6-docker0-no-zone.txt', import.meta.url),
  'utf8',
);

/** The base chains of that guest (`nft list ruleset`). */
const BASE: Record<string, { hook: string; priority: number }> = {
  'ip nat PREROUTING': { hook: 'prerouting', priority: -100 },
  'ip nat POSTROUTING': { hook: 'postrouting', priority: 100 },
  'ip filter FORWARD': { hook: 'forward', priority: 0 },
  'inet firewalld mangle_PREROUTING': { hook: 'prerouting', priority: -140 },
  'inet firewalld nat_PREROUTING': { hook: 'prerouting', priority: -90 },
  'inet firewalld filter_PREROUTING': { hook: 'prerouting', priority: 10 },
  'inet firewalld filter_FORWARD': { hook: 'forward', priority: 10 },
  'inet firewalld filter_OUTPUT': { hook: 'output', priority: 10 },
};
const baseChainOf: BaseChainOf = (family, table, chain) =>
  isOwnTable(table) ? OWN_CHAINS[chain] : BASE[`${family} ${table} ${chain}`];

function events(lines: string[]): TraceEvent[] {
  return lines.flatMap((line, n) => {
    const event = nftLine(line);
    return event ? [{ ...event, n, backend: 'nft-owner' }] : [];
  });
}

const all = events(SAMPLE.split('\n'));
const journeys = (traced: Traced, from: TraceEvent[] = all) =>
  journeysOf(traced, linkTracks(foldStops(from, baseChainOf).stops), placeUnread);

function flow(name: string, address: string, to: Partial<FlowSpec['to']>): Traced {
  const destination = {
    what: 'internet-ip',
    proto: 'tcp',
    host: '1.1.1.1',
    port: 80,
    label: '1.1.1.1:80',
    ...to,
  } as const;
  return {
    spec: {
      id: `${name}→${destination.label}`,
      kind: 'internet-ip',
      from: { where: 'container', name, network: 'n', pid: 1, address },
      to: destination,
    },
    sources: [address],
    destinations: [destination.host],
  };
}

const BOX1 = flow('box1', '172.17.0.2', {});
const WEB = flow('shop-web-1', '172.18.0.2', {});

describe('journeys', () => {
  it('ends at the rule of firewalld, though Docker had accepted the packet on the same hook', () => {
    const [journey, ...more] = journeys(BOX1);
    expect(more).toEqual([]);
    expect(journey).toMatchObject({ direction: 'request', end: 'rejected', icmpError: 'admin-prohibited' });
    expect(journey?.at).toMatchObject({
      family: 'inet',
      table: 'firewalld',
      chain: 'filter_FWD_public',
      baseChain: 'filter_FORWARD',
      hook: 'forward',
      priority: 10,
      handle: 101,
      rule: 'reject with icmpx admin-prohibited',
      policy: false,
    });
    expect(journey?.stops.map((s) => `${s.hook} ${s.family} ${s.table} ${s.baseChain} ${s.verdict}`)).toEqual(
      [
        'prerouting inet firewalld mangle_PREROUTING accept',
        'prerouting ip nat PREROUTING accept',
        'prerouting inet firewalld nat_PREROUTING accept',
        'prerouting inet firewalld filter_PREROUTING accept',
        'forward ip filter FORWARD accept',
        'forward inet firewalld filter_FORWARD reject',
      ],
    );
  });

  it('follows a packet through masquerading, and its answer back to the container', () => {
    const [request, reply] = journeys(WEB);
    expect(request).toMatchObject({
      direction: 'request',
      end: 'delivered',
      nat: { src: '10.0.2.15', dst: '1.1.1.1' },
    });
    expect(request?.stops.at(-1)).toMatchObject({ baseChain: 'POSTROUTING', verdict: 'accept' });
    expect(reply).toMatchObject({
      direction: 'reply',
      end: 'delivered',
      packet: { src: '1.1.1.1', dst: '10.0.2.15', flags: 'syn|ack' },
      nat: { src: '1.1.1.1', dst: '172.18.0.2' },
    });
  });

  it('follows UDP and echoes too', () => {
    const dns = flow('shop-web-1', '172.18.0.2', {
      proto: 'udp',
      host: '8.8.8.8',
      port: 53,
      label: '8.8.8.8:53',
    });
    const echo = flow('shop-web-1', '172.18.0.2', { proto: 'icmp', port: 0, label: '1.1.1.1' });
    for (const traced of [dns, echo]) {
      expect(journeys(traced).map((j) => [j.direction, j.end])).toEqual([
        ['request', 'delivered'],
        ['reply', 'delivered'],
      ]);
    }
  });

  it('never takes one container’s packets for another’s', () => {
    for (const journey of [...journeys(WEB), ...journeys(BOX1)]) {
      const addresses = new Set(journey.stops.flatMap((s) => [s.packet.src, s.packet.dst]));
      const both = addresses.has('172.17.0.2') && addresses.has('172.18.0.2');
      expect(both).toBe(false);
    }
  });

  it('says lost, and where it was seen last, when the tracer stopped half-way', () => {
    const upTo = all.findIndex((e) => e.chain === 'FORWARD' && e.what === 'packet');
    const [journey] = journeys(BOX1, all.slice(0, upTo));
    expect(journey).toMatchObject({ end: 'lost', last: { hook: 'prerouting', iif: 'docker0' } });
    expect(journey?.at).toBeUndefined();
  });

  it('counts events whose packet line was lost instead of guessing', () => {
    const withoutPackets = all.filter((e) => e.what !== 'packet');
    const { stops, orphans } = foldStops(withoutPackets, baseChainOf);
    expect(stops).toEqual([]);
    expect(orphans).toBe(withoutPackets.length);
  });
});
