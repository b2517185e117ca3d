import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TraceLogReader } from '../../electron/trace/log.ts';

const lines = (name: string) =>
  readFileSync(new URL(`../fixtures/trace/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

/** The line as another packet would have made it, and another kind of packet: its port is new, too. */
function anew(line: string, round: number): string {
  const id = round.toString(16).padStart(8, '0');
  return line
    .replace(/(trace id |TRACE: \d+ |PACKET: \d+ )[0-9a-f]{8}/, (_, before) => before + id)
    .replace(/(\bip id |\bID=)\d+/, (_, name) => `${name}${(round % 65_535) + 1}`)
    .replace(/(dport |DPT=|DPORT=)\d+/, (_, name) => name + (round % 60_000));
}

describe('reading a log without end', () => {
  it.each([
    ['nft-1.0.6-three-flows.txt', 3],
    ['xtables-monitor-1.8.9-three-flows.txt', 3],
    ['kernel-6.18-legacy-trace-and-log.txt', 1],
  ])('holds no more of it, however long it is: %s', (name, length) => {
    const sample = lines(name).slice(0, length);
    const reader = new TraceLogReader();
    const most = (from: number, to: number): number => {
      let held = 0;
      for (let round = from; round < to; round++) {
        for (const line of sample) reader.line(anew(line, round));
        held = Math.max(held, reader.held);
      }
      return held;
    };
    // enough to reach every limit: of packets in a hook, of stops, of kinds
    const before = most(0, 5000);
    expect(before).toBeGreaterThan(4000);
    expect(before).toBeLessThan(6000);
    expect(most(5000, 8000)).toBeLessThanOrEqual(before);
  });

  it('lets a packet go that died, once another one is seen', () => {
    const sample = lines('nft-1.0.6-three-flows.txt');
    const dies = sample.findIndex((line) => line.includes('(verdict drop)'));
    const last = sample.slice(0, dies).findLastIndex((line) => line.includes('packet:'));
    const reader = new TraceLogReader();
    for (let round = 0; round < 1000; round++)
      for (const line of sample.slice(last, dies + 1))
        reader.line(anew(line, round).replace(/dport \d+/, 'dport 443'));
    // the last one, and what they have in common
    expect(reader.held).toBe(2);
    expect(reader.end()).toMatchObject({ packets: 1000, journeys: [{ packets: 1000 }] });
  });

  it('bounds a stop whose end is never told, and still knows the rule that ended it', () => {
    const [packet = '', rule = ''] = lines('nft-1.0.6-three-flows.txt');
    const reader = new TraceLogReader();
    reader.line(packet);
    for (let i = 0; i < 5000; i++) reader.line(rule);
    reader.line(rule.replace('(verdict continue)', '(verdict drop)'));
    const [told] = reader.end().journeys;
    expect(told?.journey).toMatchObject({ end: 'dropped', at: { table: 'raw', handle: 2 } });
    expect(told?.journey.stops[0]?.rules.length).toBe(256);
  });

  it('bounds a packet that looks like the one before for ever', () => {
    const line = lines('kernel-6.18-legacy-trace-and-log.txt').find((one) => one.includes('fwd-check')) ?? '';
    const reader = new TraceLogReader();
    for (let i = 0; i < 5000; i++) reader.line(line);
    expect(reader.held).toBeLessThan(3000);
    const { journeys } = reader.end();
    expect(Math.max(...journeys.map(({ journey }) => journey.stops.length))).toBe(200);
  });
});
