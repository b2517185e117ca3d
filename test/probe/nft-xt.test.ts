import { describe, expect, it } from 'vitest';
import { buildRuleset, NftListing } from '../../electron/probe/lib/nft-model.ts';
import { readRuleTexts } from '../../electron/probe/lib/nft-text.ts';
import { withPorts } from '../../electron/probe/lib/nft-xt.ts';
import { partsOf } from '../../electron/trace/rule-parts.ts';

// nft 0.9.8 after `iptables -I OUTPUT -p tcp --dport 80 -j DROP` (iptables-nft 1.8.7, Debian 11)
const JSON_TEXT = `{"nftables": [{"metainfo": {"version": "0.9.8", "release_name": "E.D.S.", "json_schema_version": 1}}, {"table": {"family": "ip", "name": "filter", "handle": 5}}, {"chain": {"family": "ip", "table": "filter", "name": "OUTPUT", "handle": 1, "type": "filter", "hook": "output", "prio": 0, "policy": "accept"}}, {"rule": {"family": "ip", "table": "filter", "chain": "OUTPUT", "handle": 2, "expr": [{"match": {"op": "==", "left": {"meta": {"key": "l4proto"}}, "right": "tcp"}}, {"xt": null}, {"counter": {"packets": 0, "bytes": 0}}, {"drop": null}]}}]}`;
const TEXT = `table ip filter { # handle 5
	chain OUTPUT { # handle 1
		type filter hook output priority filter; policy accept;
		meta l4proto tcp tcp dport 80 counter packets 0 bytes 0 drop # handle 2
	}
}
`;
const DROP = [{ xt: null }, { counter: {} }, { drop: null }];

describe('matches of older iptables-nft', () => {
  const ruleset = buildRuleset(NftListing.parse(JSON.parse(JSON_TEXT)).nftables, readRuleTexts(TEXT));
  const rule = ruleset.chains[0]?.rules[0];

  it.each([
    [80, true],
    [443, false],
  ])('are held against a packet to port %i', (dport, holds) => {
    const packet = { src: '172.18.0.3', dst: '1.1.1.1', proto: 'tcp', dport };
    const parts = partsOf(rule?.expr ?? [], packet, ruleset, { family: 'ip', table: 'filter' });
    expect(parts.map((part) => part.holds)).toEqual([true, holds]);
  });

  it.each(['tcp dport 80 tcp flags & (fin|syn) == syn', '# xt_tcp', 'tcp dport 80 ct state new'])(
    'stay what nobody can check where the text says more: %s',
    (asked) => {
      expect(withPorts(DROP, `meta l4proto tcp ${asked} counter packets 0 bytes 0 drop`)).toBe(DROP);
    },
  );

  it('are several where the text has several, also negated and with a range', () => {
    const text =
      'ip saddr 10.0.0.1 meta l4proto udp udp sport != 53 udp dport 1000-2000 counter packets 0 bytes 0 drop';
    expect(withPorts(DROP, text).slice(0, 2)).toEqual([
      { match: { op: '!=', left: { payload: { protocol: 'udp', field: 'sport' } }, right: 53 } },
      {
        match: {
          op: '==',
          left: { payload: { protocol: 'udp', field: 'dport' } },
          right: { range: [1000, 2000] },
        },
      },
    ]);
  });

  it('are not read out of a comment', () => {
    const text = 'meta l4proto tcp counter packets 0 bytes 0 drop comment "meta l4proto tcp tcp dport 80 "';
    expect(withPorts(DROP, text)).toBe(DROP);
  });
});
