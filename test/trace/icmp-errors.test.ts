import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { journeysOf, type Traced } from '../../electron/trace/journeys.ts';
import { linkTracks } from '../../electron/trace/link.ts';
import { errorsTo, iptablesMatches, nftMatch } from '../../electron/trace/match.ts';
import { isOwnTable, OWN_CHAINS } from '../../electron/trace/own-table.ts';
import { placeUnread } from '../../electron/trace/place.ts';
import { foldStops } from '../../electron/trace/stops.ts';
import { journeyLines } from '../../shared/journey-text.ts';
import { Journey } from '../../shared/trace.ts';
import { nftLine } from '../support/nft-line.ts';

/** What nft printed in a guest in miniature, with the base chains that its names tell. */
function journeys(text: string, traced: Traced = FLOW): Journey[] {
  const events = text.split('\n').flatMap((line, n) => {
    const event = nftLine(line);
    return event ? [{ ...event, n, backend: 'nft-owner' }] : [];
  });
  const { stops } = foldStops(events, (_, table, chain) =>
    isOwnTable(table) ? OWN_CHAINS[chain] : { hook: chain === 'post' ? 'postrouting' : chain, priority: 5 },
  );
  return journeysOf(traced, linkTracks(stops), placeUnread);
}

const read = (name: string) =>
  readFileSync(new URL(`../fixtures/trace/${name}.txt`, import.meta.url), 'utf8');
const REJECTED = read('nft-1.0.6-error-dropped');
const TOO_BIG = read('nft-1.0.6-frag-needed-dropped');

/** 172.17.0.2 asks 203.0.113.10 for a page, through a guest that is 172.17.0.1 and 10.9.0.1. */
const FLOW: Traced = {
  spec: {
    id: 'c→i',
    kind: 'internet-ip',
    from: { where: 'container', name: 'c', network: 'n', pid: 1, address: '172.17.0.2' },
    to: { what: 'internet-ip', proto: 'tcp', host: '203.0.113.10', port: 80, label: '203.0.113.10:80' },
  },
  sources: ['172.17.0.2'],
  destinations: ['203.0.113.10'],
};

describe('ICMP errors about a flow', () => {
  it('say who rejected it, and at which rule they died themselves', () => {
    const [request, ...more] = journeys(REJECTED);
    expect(more).toEqual([]);
    expect(request).toMatchObject({
      end: 'rejected',
      at: { chain: 'forward', rule: 'tcp dport 80 reject with icmpx admin-prohibited' },
      icmpError: 'admin-prohibited',
      icmpFrom: '172.17.0.1',
      icmpAt: { table: 'guard', chain: 'output', handle: 4, rule: 'icmp type destination-unreachable drop' },
    });
    expect(() => Journey.parse(request)).not.toThrow();
  });

  it('say that an answer was too big, though all that opens the connection went through', () => {
    const [request, reply] = journeys(TOO_BIG);
    expect([request?.end, request?.icmpError]).toEqual(['delivered', undefined]);
    expect(reply).toMatchObject({
      direction: 'reply',
      end: 'delivered',
      icmpError: 'frag-needed',
      icmpFrom: '10.9.0.1',
      icmpAt: { chain: 'output', rule: 'icmp code frag-needed drop' },
    });
  });

  it('are about no packet that they do not quote', () => {
    const other = REJECTED.replace(/@th,64,96 0x4500003c\w{4}/g, '@th,64,96 0x4500003cbeef');
    expect(other).not.toBe(REJECTED);
    expect(journeys(other)[0]?.icmpError).toBeUndefined();
    const udp = TOO_BIG.replace(/(@th,64,96 0x4500\w{14})06/g, '$111');
    expect(journeys(udp)[1]?.icmpError).toBeUndefined();
  });

  it('count where nothing tells what they quote, as in what xtables-monitor prints', () => {
    const silent = REJECTED.replace(/ @th,64,96 \w+/g, '');
    expect(journeys(silent)[0]?.icmpError).toBe('admin-prohibited');
  });

  it('are in words in both languages', () => {
    const [request] = journeys(REJECTED);
    const en = journeyLines(request as Journey, 'en').join('\n');
    expect(en).toContain(
      'answered with ICMP admin-prohibited from 172.17.0.1: somebody forbids it on purpose',
    );
    expect(en).toMatch(/that error died itself.*inet guard output.*icmp type destination-unreachable drop/);
    expect(journeyLines(request as Journey, 'zh-CN').join('\n')).toContain('该 ICMP 错误自身也被丢弃');
  });

  it('are looked for at the addresses given, and never at everybody’s', () => {
    expect(errorsTo([])).toEqual([]);
    const [match, ...more] = errorsTo(['172.17.0.2', '10.9.0.1', '172.17.0.2']);
    expect(more).toEqual([]);
    expect(match && nftMatch(match)).toBe(
      'ip daddr { 172.17.0.2, 10.9.0.1 } icmp type { destination-unreachable, time-exceeded }',
    );
    expect(match && iptablesMatches(match)).toHaveLength(4);
  });
});
