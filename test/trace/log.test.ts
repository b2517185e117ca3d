import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TraceLog, TraceLogReader } from '../../electron/trace/log.ts';

const read = (name: string) =>
  readFileSync(new URL(`../fixtures/trace/${name}`, import.meta.url), 'utf8').split('\n');

function journeys(lines: readonly string[]): TraceLog {
  const reader = new TraceLogReader();
  for (const line of lines) reader.line(line);
  return reader.end();
}

/** The ways of the packets, short: `172.17.0.2>203.0.113.10:443 dropped filter DOCKER-USER 4 (3 packets)`. */
function told(log: TraceLog): string[] {
  return log.journeys.map(({ journey: { packet, end, at, stops }, packets }) => {
    const where = at ? ` ${at.table} ${at.chain} ${at.handle ?? at.position ?? ''}` : '';
    const flags = packet.flags ? ` ${packet.flags}` : '';
    return `${packet.src}>${packet.dst}:${packet.dport ?? packet.icmpType}${flags} ${end}${where}, ${stops.length} stops, ×${packets}`;
  });
}

const NFT = read('nft-1.0.6-three-flows.txt');
const XTABLES = read('xtables-monitor-1.8.9-three-flows.txt');
const KERNEL = read('kernel-6.18-legacy-trace-and-log.txt');

describe('the text of a tracer', () => {
  it('tells from nft and from xtables-monitor, which watched the same packets, the same journeys', () => {
    const nft = journeys(NFT);
    const xtables = journeys(XTABLES);
    expect(told(nft).slice(0, 2)).toEqual([
      '172.17.0.2>203.0.113.10:443 syn dropped filter DOCKER-USER 4, 2 stops, ×3',
      '172.17.0.2>203.0.113.10:8443 syn rejected fw fwd_ch 2, 3 stops, ×2',
    ]);
    // xtables-monitor knows no text for rules of nft's own tables, so a reject is a drop to it
    expect(told(xtables).map((line) => line.replace('8443 syn dropped', '8443 syn rejected'))).toEqual(
      told(nft),
    );
    expect(nft.otherLines + xtables.otherLines).toBe(0);
  });

  it('gives the rule in the words of the program that printed it', () => {
    expect(journeys(NFT).journeys[1]?.journey.at).toMatchObject({
      family: 'inet',
      rule: 'tcp dport 8443 reject with icmpx admin-prohibited',
      hook: 'forward',
    });
    expect(journeys(XTABLES).journeys[0]?.journey.at).toMatchObject({
      family: 'ip',
      table: 'filter',
      rule: '-A DOCKER-USER -p tcp -m tcp --dport 443 -j DROP',
      baseChain: 'FORWARD',
      hook: 'forward',
      priority: 0,
    });
  });

  it('claims no verdict that the kernel’s log does not tell', () => {
    const log = journeys(KERNEL);
    expect(told(log)).toContain('172.17.0.2>203.0.113.10:443 syn lost, 2 stops, ×3');
    const lost = log.journeys.find(({ journey }) => journey.packet.dport === 443)?.journey;
    expect(lost?.stops.at(-1)?.rules.at(-1)).toEqual({
      chain: 'DOCKER-USER',
      text: '',
      position: 1,
      verdict: 'unknown',
    });
    expect(told(log)).toContain('172.17.0.2>203.0.113.10:8443 syn passed, 2 stops, ×1');
    expect(log.lines['kernel-log']).toBe(27);
    expect(log.otherLines).toBe(0);
  });

  it('keeps a prefix that looks like a packet apart from the packet', () => {
    const logged = journeys(KERNEL).journeys.find(({ journey }) => journey.packet.dport === 8443)?.journey;
    expect(logged?.stops.map((stop) => stop.rules[0]?.text)).toEqual(['LOG "fwd-check:"', 'LOG "IN=weird"']);
    expect(logged?.packet.iif).toBe('br0');
  });

  it.each([
    [
      'bullseye-xtables-monitor-1.8.7.txt',
      '172.18.0.3>203.0.113.10:80 syn dropped filter DOCKER-USER 35, 3 stops, ×1',
    ],
    [
      'trixie-xtables-monitor-1.8.11.txt',
      '172.18.0.2>203.0.113.10:80 syn dropped filter DOCKER-USER 33, 3 stops, ×1',
    ],
    ['bookworm-xtables-monitor-1.8.9-firewalld.txt', '172.17.0.2>10.0.2.2:8099 syn lost, 3 stops, ×1'],
    [
      'bookworm-nft-1.0.6-docker0-no-zone.txt',
      '172.17.0.2>1.1.1.1:80 syn rejected firewalld filter_FWD_public 101, 6 stops, ×2',
    ],
  ])('reads %s', (name, line) => {
    expect(told(journeys(read(name)))).toContain(line);
  });

  it('finds packets in any syslog or journal, behind whatever stands in front', () => {
    const heads = [
      'Nov 24 14:38:14 docker kernel: ',
      'Nov 24 14:38:14 docker kernel: [ 4710.293272] ',
      '2026-11-24T14:38:14.123456+00:00 docker kernel: ',
      '<4>[ 4710.293272] ',
      '4,1234,4710293272,-;',
      '',
    ];
    const plain = told(journeys(KERNEL));
    for (const head of heads) {
      const lines = KERNEL.filter((line) => line !== '').map(
        (line) => head + line.replace(/^\[[^\]]*\] /, ''),
      );
      expect(told(journeys(lines)), head).toEqual(plain);
    }
  });

  it('reads a mixture, and counts what is none of it', () => {
    const log = journeys([...XTABLES.slice(0, 20), ...NFT.slice(0, 3), 'some program says hello', ...KERNEL]);
    expect(log.otherLines).toBe(1);
    expect(log.lines).toEqual({ 'nft-monitor': 3, 'xtables-monitor': 20, 'kernel-log': 27 });
  });

  it('never breaks on lines cut anywhere or lost, and says of no packet that it died that did not', () => {
    const all = [...NFT, ...XTABLES, ...KERNEL];
    const what = fc.constantFrom('whole', 'lost', 'cut');
    fc.assert(
      fc.property(
        fc.array(what, { minLength: all.length, maxLength: all.length }),
        fc.nat(300),
        (fates, length) => {
          const log = journeys(
            all.flatMap((line, i) =>
              fates[i] === 'lost' ? [] : [fates[i] === 'cut' ? line.slice(0, length) : line],
            ),
          );
          for (const { journey } of log.journeys) {
            if (journey.end === 'dropped' || journey.end === 'rejected') {
              // what is left of a cut line may name no port; it never names another one
              expect([443, 8443, undefined]).toContain(journey.packet.dport);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('counts answers as alike that differ only in the port that the asking side picked', () => {
    const answer = NFT.find((line) => line.includes('tcp sport 80 tcp dport')) ?? '';
    const ports = [40_001, 40_002, 40_003];
    const log = journeys(
      ports.map((port, i) =>
        answer.replace(/dport \d+/, `dport ${port}`).replace(/ip id \d+/, `ip id ${i + 1}`),
      ),
    );
    expect(log.journeys.map(({ packets }) => packets)).toEqual([3]);
  });

  it('keeps no more than it may, however many packets there are', () => {
    const reader = new TraceLogReader();
    const packet = XTABLES.filter((line) => /DPORT=443 SYN|f6f2c6b5|dfe668cc/.test(line)).slice(0, 6);
    for (let i = 0; i < 30_000; i++) {
      const id = i.toString(16).padStart(8, '0');
      for (const line of packet) {
        reader.line(
          line
            .replace(/ [0-9a-f]{8} /, ` ${id} `)
            .replace('DPORT=443', `DPORT=${i % 60_000}`)
            .replace(/ID=\d+/, `ID=${i}`),
        );
      }
    }
    const log = reader.end();
    expect(log.journeys.length).toBe(2000);
    expect(log.packets).toBe(log.leftOut + log.journeys.reduce((sum, { packets }) => sum + packets, 0));
    expect(log.leftOut).toBeGreaterThan(20_000);
  });
});
