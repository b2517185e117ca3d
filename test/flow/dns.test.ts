import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dnsQuery, parseDnsReply, printfEscapes } from '../../electron/flow/dns.ts';

/** What 8.8.8.8 of the lab answered for example.com, as `od -An -v -tx1` printed it in the guest. */
const REPLY =
  '43 55 81 80 00 01 00 01 00 00 00 00 07 65 78 61 6d 70 6c 65 03 63 6f 6d 00 00 01 00 01 c0 0c 00 01 00 01 00 00 00 3c 00 04 cb 00 71 0a';
const bytes = (hex: string) => Uint8Array.from(hex.split(' ').map((b) => Number.parseInt(b, 16)));

describe('DNS', () => {
  it('asks the question that the answer repeats', () => {
    const asked = dnsQuery('example.com');
    expect([...asked.subarray(12)]).toEqual([...bytes(REPLY).subarray(12, 29)]);
    expect(printfEscapes(asked.subarray(0, 3))).toBe('\\x43\\x55\\x01');
  });

  it('reads the addresses of an answer', () => {
    expect(parseDnsReply(bytes(REPLY))).toEqual({ rcode: 0, addresses: ['203.0.113.10'] });
  });

  it('takes no question for an answer', () => {
    expect(parseDnsReply(dnsQuery('example.com'))).toBeUndefined();
  });

  it('refuses names that DNS cannot carry', () => {
    expect(() => dnsQuery('a..b')).toThrow(RangeError);
    expect(() => dnsQuery(`${'x'.repeat(64)}.com`)).toThrow(RangeError);
  });

  it('never throws or hangs on bytes from a hostile server', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (noise) => {
        parseDnsReply(noise);
        parseDnsReply(Uint8Array.from([...bytes(REPLY).subarray(0, 12), ...noise]));
      }),
    );
  });
});
