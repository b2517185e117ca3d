import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildRuleset, NftListing } from '../../electron/probe/lib/nft-model.ts';
import { readRuleTexts } from '../../electron/probe/lib/nft-text.ts';
import { partsOf, statementsFor } from '../../electron/trace/rule-parts.ts';

const file = (name: string) =>
  readFileSync(new URL(`../fixtures/trace/concat/${name}`, import.meta.url), 'utf8');

const packet = {
  iif: 'br-x',
  oif: 'eth0',
  src: '172.18.0.2',
  dst: '1.1.1.1',
  proto: 'tcp',
  sport: 40000,
  dport: 80,
};

// One table of rules that ask for several things at once, as these versions list it (Debian 11, 12 and 13).
describe.each(['0.9.8', '1.0.6', '1.1.3'])('several things that nft %s asks for at once', (version) => {
  const listing = NftListing.parse(JSON.parse(file(`nft-${version}.json`))).nftables;
  const ruleset = buildRuleset(listing, readRuleTexts(file(`nft-${version}.txt`)));
  const ruleWith = (text: string) => {
    const rule = ruleset.chains.flatMap(({ rules }) => rules).find((one) => one.text.includes(text));
    if (!rule) throw new Error(`no rule with ${text}`);
    return rule;
  };

  it.each([
    ['ip saddr . tcp dport @s', false, '172.18.0.2 . 80'],
    ['ip saddr . tcp dport @i', true, '172.18.0.2 . 80'],
    ['ip saddr . tcp dport @k', true, '172.18.0.2 . 80'],
    ['ip saddr . tcp dport { 10.0.0.1 . 80, 172.18.0.2 . 81 }', false, '172.18.0.2 . 80'],
    ['ip saddr . tcp dport { 172.18.0.0/24 . 1-1000, 10.0.0.0-10.0.0.9 . 22 }', true, '172.18.0.2 . 80'],
    ['iifname . oifname { "br-x" . "eth0" }', true, 'br-x . eth0'],
    ['ip saddr . ip daddr . tcp dport != { 172.18.0.2 . 1.1.1.1 . 80 }', false, '172.18.0.2 . 1.1.1.1 . 80'],
    ['ip saddr . udp dport { 172.18.0.2 . 80 }', false, 'tcp'],
  ])('are all held against the packet: %s', (text, holds, has) => {
    const rule = ruleWith(text);
    expect(partsOf(rule.expr, packet, ruleset, rule).at(-1)).toEqual({ wanted: text, has, holds });
  });

  it('fail where one that is known differs, and are not known where the others fit', () => {
    const [other, own] = ['1.1.1.1', '172.18.0.2'].map((source) => {
      const rule = ruleWith(`ip saddr . meta mark { ${source}`);
      return partsOf(rule.expr, packet, ruleset, rule).at(-1)?.holds;
    });
    expect(other).toBe(false);
    expect(own).toBeUndefined();
  });

  it('find their verdict in a map', () => {
    const rule = ruleWith('vmap');
    const verdict = (one: typeof packet) => statementsFor(rule, one, ruleset)[0];
    expect(verdict(packet)).toEqual({ drop: null });
    expect(verdict({ ...packet, proto: 'udp', dport: 53 })).toEqual({ accept: null });
    expect(verdict({ ...packet, dport: 53 })).toBe(rule.expr[0]);
  });
});
