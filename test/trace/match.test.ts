import { describe, expect, it } from 'vitest';
import { errorsTo, nftOthers, type PacketMatch } from '../../electron/trace/match.ts';
import { tableStatement } from '../../electron/trace/own-table.ts';

const box = '172.17.0.3';
const far = '203.0.113.10';
const there: PacketMatch = { sources: [box], destinations: [far], proto: 'tcp', dport: 80 };
const back: PacketMatch = { sources: [far], destinations: [], proto: 'tcp', sport: 80 };

describe("nftOthers: what nobody's packets have", () => {
  it('comes from none of those who send, where every match says who sends', () => {
    expect(nftOthers([there, back])).toBe(`ip saddr != { ${box}, ${far} }`);
    expect(nftOthers([there, { ...there, dport: 443 }])).toBe(`ip saddr != ${box}`);
  });

  it('also goes to none of those to whom anybody may send', () => {
    expect(nftOthers([there, ...errorsTo([box, far])])).toBe(
      `ip saddr != ${box} ip daddr != { ${box}, ${far} }`,
    );
    expect(nftOthers(errorsTo([far]))).toBe(`ip daddr != ${far}`);
  });

  it('is nothing at all where a match takes packets from anywhere to anywhere', () => {
    expect(nftOthers([there, { ...back, sources: [] }])).toBe('');
  });
});

describe('tableStatement', () => {
  it('lets all others go after one look, but its own signal first', () => {
    const statement = tableStatement('culprit_1', [there, back], '');
    const others = `ip saddr != { ${box}, ${far} } accept; ip saddr ${box}`;
    expect(statement).toContain(`priority -2147483648; ${others}`);
    expect(statement).toContain(`meta nftrace set 1 drop; ${others}`);
  });

  it('looks at every packet where one from anywhere to anywhere is watched', () => {
    expect(tableStatement('culprit_1', [{ ...back, sources: [] }], '')).not.toContain('accept');
  });
});
