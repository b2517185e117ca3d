import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nftLine } from '../support/nft-line.ts';

const SAMPLE = readFileSync(
  new URL('../fixtures/trace/bookworm-nft-1.0.6-docker0-no-zone.txt', import.meta.url),
  'utf8',
);

describe('nft monitor trace (1.0.6)', () => {
  const lines = SAMPLE.split('\n').filter((l) => l !== '');

  it('reads every line that nft printed', () => {
    expect(lines.filter((l) => nftLine(l) === undefined)).toEqual([]);
    expect(lines.length).toBe(755);
  });

  it('reads the packet: addresses, ports, IP id, interfaces, flags', () => {
    const line = lines.find((l) => l.includes('filter FORWARD packet:') && l.includes('docker0'));
    expect(nftLine(line ?? '')?.packet).toEqual({
      iif: 'docker0',
      oif: 'ens3',
      src: '172.17.0.2',
      dst: '1.1.1.1',
      proto: 'tcp',
      sport: 59208,
      dport: 80,
      ipId: 37640,
      flags: 'syn',
      ttl: 63,
    });
  });

  it('names the flags of a SYN-ACK, which nft prints as a number', () => {
    const line = lines.find((l) => l.includes('tcp flags == 0x12'));
    expect(nftLine(line ?? '')?.packet?.flags).toBe('syn|ack');
  });

  it('calls a rejecting rule a reject, though nft prints the verdict drop', () => {
    const line = lines.find((l) => l.includes('reject with icmpx'));
    expect(nftLine(line ?? '')).toMatchObject({
      family: 'inet',
      table: 'firewalld',
      chain: 'filter_FWD_public',
      what: 'rule',
      rule: { text: 'reject with icmpx admin-prohibited', handle: 101 },
      verdict: 'reject',
    });
  });

  it('keeps where a jump leads to, and the handle of a rule whose text nft did not know', () => {
    const jump = lines.find((l) => l.includes('(verdict jump DOCKER-USER)'));
    expect(nftLine(jump ?? '')).toMatchObject({ verdict: 'jump', target: 'DOCKER-USER' });
    const unknown = lines.find((l) => l.includes('unknown rule handle'));
    expect(nftLine(unknown ?? '')).toMatchObject({
      rule: { text: '', handle: 10 },
      verdict: 'continue',
    });
  });

  it('takes a line that was cut anywhere for nothing, or for what is left of it, and never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...lines), fc.nat(500), (line, at) => {
        const event = nftLine(line.slice(0, at));
        if (event?.what === 'packet') expect(event.packet?.src).toBeTruthy();
      }),
    );
  });

  it('ignores what is no trace line', () => {
    for (const line of [
      '',
      'culprit',
      '# Warning: table ip nat is managed by iptables-nft',
      'trace id x ip',
    ]) {
      expect(nftLine(line)).toBeUndefined();
    }
  });
});
