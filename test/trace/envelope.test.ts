import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unwrapped, withoutHead } from '../../electron/trace/envelope.ts';
import { type LoggedJourney, TraceLogReader } from '../../electron/trace/log.ts';

const FOLDER = new URL('../fixtures/trace/daemons/', import.meta.url);
const textOf = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');
/** One kernel log, as each program wrote it: see the README beside them. */
const WHOLE = readdirSync(FOLDER).filter((name) => /^(?:proc|dev|dmesg|busybox|journal|r?syslog)/.test(name));
const PARTS = ['journal-boots.txt', 'rsyslog-logger.txt'];

function journeys(text: string): LoggedJourney[] {
  const reader = new TraceLogReader();
  for (const line of text.split(/\r?\n/)) reader.line(line);
  return reader.end().journeys.map((one) => ({ ...one, journey: { ...one.journey, id: '' } }));
}

/** Each packet, and the rules that it met: `udp 5353: OUTPUT 1`. */
const told = (log: readonly LoggedJourney[]): string[] =>
  log.map(({ journey: { packet, stops } }) => {
    const rules = stops.flatMap((stop) =>
      stop.rules.map((rule) => rule.text || `${rule.chain} ${rule.position}`),
    );
    return `${packet.proto} ${packet.dport ?? packet.src}: ${rules.join(', ')}`;
  });

const PLAIN = journeys(textOf('proc-kmsg.txt'));
const coloured = ({ journey }: LoggedJourney) => journey.packet.dport === 5355;

describe('what log daemons put around what the kernel printed', () => {
  it('is taken off, and nothing of what the kernel printed', () => {
    expect(told(PLAIN)).toEqual([
      'udp 5353: OUTPUT 1',
      'udp 5354: LOG "kernel: [evil]", LOG "x <3>[    1.000000]", LOG ""MESSAGE":"IN=a OUT=b", LOG "x 4,1,-;防火墙", LOG, LOG "message repeated 3 times: ["',
      'udp 5355: LOG "red"',
      'icmpv6 0000:0000:0000:0000:0000:0000:0000:0001: LOG "DROPPED-V6:"',
    ]);
  });

  it.each(WHOLE.filter((name) => !PARTS.includes(name)))('leaves the same journeys: %s', (name) => {
    const text = textOf(name);
    // what is not text, the journal does not show in these two
    const hidden = /blob data|"MESSAGE" : \[/.test(text);
    const all = hidden ? PLAIN.filter((one) => !coloured(one)) : PLAIN;
    expect(journeys(text)).toEqual(all);
    expect(journeys(text.replaceAll('\n', '\r\n'))).toEqual(all);
  });

  it('is taken off what nft said, too', () => {
    const plain = readFileSync(new URL('../nft-1.0.6-three-flows.txt', FOLDER), 'utf8').split('\n');
    const nft = journeys(plain.slice(0, 3).join('\n'));
    expect(nft.length).toBe(1);
    for (const mode of ['short', 'json', 'export'])
      expect(journeys(textOf(`nft-journal-${mode}.txt`)), mode).toEqual(nft);
    expect(told(journeys(textOf('rsyslog-logger.txt')))).toEqual([
      'udp 5354: LOG "kernel: [evil]"',
      'udp 5355: LOG "red"',
      'icmpv6 0000:0000:0000:0000:0000:0000:0000:0001: LOG "DROPPED-V6:", LOG "DROPPED-V6:"',
      ...told(nft),
    ]);
  });

  it('may be of several kinds in one text', () => {
    const lines = WHOLE.filter((name) => !PARTS.includes(name) && !/verbose|pretty|export/.test(name)).map(
      (name) =>
        textOf(name)
          .split('\n')
          .filter((line) => line.includes('IN=') || line.includes('[73,78,61')),
    );
    // each line from another program
    const mixed = textOf('proc-kmsg.txt')
      .split('\n')
      .map((_, i) => lines[i % lines.length]?.[i] ?? '');
    expect(told(journeys(mixed.join('\n')))).toEqual(told(PLAIN));
  });

  it('does not stop at the end of a boot', () => {
    expect(told(journeys(textOf('journal-boots.txt')))).toEqual([
      'icmpv6 0000:0000:0000:0000:0000:0000:0000:0001: LOG "DROPPED-V6:"',
      'udp 5353: OUTPUT 1',
    ]);
  });

  it.each([
    // a prefix that looks like brackets of dmesg's is the rule's own
    ['[UFW BLOCK] ', '[UFW BLOCK]'],
    ['[ 4710.293272] [UFW BLOCK] ', '[UFW BLOCK]'],
    ['Nov  6 07:02:05 gw kernel: [    9.000001] [UFW BLOCK] ', '[UFW BLOCK]'],
    // hosts may be called anything that has no blank
    ['Nov 26 17:25:42 IN=kernel:[1.0] kernel: [70568.922144] fwd: ', 'fwd:'],
    ['2026-11-26T17:25:42Z <4>1 kernel: fwd: ', 'fwd:'],
    ['[70568.922144] [1.0] kernel: fwd: ', 'fwd:'],
    // OpenWrt's logread has no host
    ['Thu Nov 26 17:25:42 2026 kern.warn kernel: [70568.922144] fwd: ', 'fwd:'],
  ])('is not mistaken for the prefix of a LOG rule: %s', (head, prefix) => {
    expect(withoutHead(head)).toBe(prefix);
  });

  it('leaves a line alone that was cut within its text', () => {
    const line =
      textOf('journal-json.txt')
        .split('\n')
        .find((one) => one.includes('evil')) ?? '';
    const within = line.indexOf('IN=') + 20;
    expect(unwrapped(line.slice(0, within))).toBe(line.slice(0, within));
    // behind its text nothing is missing
    expect(unwrapped(line.slice(0, line.indexOf('"', within) + 1))).toBe(unwrapped(line));
  });

  // Whatever took more than one look at each character would not end within this test's time
  it.each([
    ['"MESSAGE":"', '{"MESSAGE":"\\"'],
    ['\\\\', '{"MESSAGE":"'],
    ['1,', '{"MESSAGE":['],
    ['\x1b[1;', ''],
    ['\x1b[0m', ''],
    ['message repeated 3 times: [ ', ''],
    ['1', '['],
    ['1.1', '['],
    ['<', '['],
    ['12:34', '['],
    ['x ', 'Nov 26 17:25:42 '],
    ['[a]', '<4>1 2026-11-26T17:25:42Z h kernel - - '],
    ['\\]', '<4>1 2026-11-26T17:25:42Z h kernel - - ['],
    ['9', ''],
    [' ', 'kern'],
    ['\0', ''],
    ['\\x1b', ''],
    ['IN= OUT= ', ''],
  ])('is looked for once, however long it goes on: %j behind %j', (again, begin) => {
    const line = `${begin}${again.repeat(200_000 / again.length)}`;
    const reader = new TraceLogReader();
    for (const end of ['', ']', '"', ' IN=a OUT= SRC=1 DST=2']) {
      reader.line(line + end);
      expect(withoutHead(unwrapped(line + end)).length).toBeLessThanOrEqual(line.length + end.length);
    }
  });
});
