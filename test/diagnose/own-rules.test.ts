import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import { deadEnd } from '../../electron/diagnose/own-rules.ts';
import { parseContainers } from '../../electron/probe/containers.ts';
import { answer } from '../probe/support.ts';
import { altered, container, ending, fact, fromContainer } from './altered-scene.ts';

/** What nft 1.0.6 printed in a network namespace: a rule made with iptables 1.8.9, and a table of its own. */
const JSON_LINE =
  '{"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, {"table": {"family": "ip", "name": "filter", "handle": 1}}, {"chain": {"family": "ip", "table": "filter", "name": "OUTPUT", "handle": 1, "type": "filter", "hook": "output", "prio": 0, "policy": "accept"}}, {"rule": {"family": "ip", "table": "filter", "chain": "OUTPUT", "handle": 2, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 80}}, {"counter": {"packets": 0, "bytes": 0}}, {"drop": null}]}}, {"table": {"family": "inet", "name": "own", "handle": 2}}, {"chain": {"family": "inet", "table": "own", "name": "in", "handle": 1, "type": "filter", "hook": "input", "prio": 0, "policy": "drop"}}, {"rule": {"family": "inet", "table": "own", "chain": "in", "handle": 2, "expr": [{"match": {"op": "==", "left": {"meta": {"key": "iif"}}, "right": "lo"}}, {"accept": null}]}}]}';
const TEXT = `table ip filter { # handle 1
	chain OUTPUT { # handle 1
		type filter hook output priority filter; policy accept;
		tcp dport 80 counter packets 0 bytes 0 drop # handle 2
	}
}
table inet own { # handle 2
	chain in { # handle 1
		type filter hook input priority filter; policy drop;
		iif "lo" accept # handle 2
	}
}`;
const ADDRESSES = '[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP"],"mtu":65536,"operstate":"UNKNOWN"}]';
const SECTIONS = (nft: string) => `@@pids
aa 7
@@namespaces
100 /proc/1/ns/net
200 /proc/7/ns/net
@@ip 200
${ADDRESSES}
[]
[]
[]
${nft}@@sockets
@@resolv
@@hosts
/proc/7/root/etc/hosts:127.0.0.1	localhost
/proc/7/root/etc/hosts:172.18.0.3	0752ad8cb2fe
/proc/7/root/etc/hosts:192.0.2.81	db cache # by hand
@@end
`;
const parse = (nft: string) => parseContainers(answer(SECTIONS(nft)));
const rulesOf = (nft: string) => parse(nft).namespaces[0]?.ruleset;

describe('rules in a container’s own namespace', () => {
  it('are read with their texts, and cost no other fact where they can’t be', () => {
    const ruleset = rulesOf(`@@nft 200\n${JSON_LINE}\n@@nft-text 200\n${TEXT}\n`);
    expect(ruleset?.chains.flatMap((c) => c.rules.map((r) => r.text))).toEqual([
      'tcp dport 80 counter packets 0 bytes 0 drop',
      'iif "lo" accept',
    ]);
    for (const cut of ['', '@@nft 200\n', `@@nft 200\n${JSON_LINE.slice(0, 99)}\n`]) {
      expect(rulesOf(cut)).toBeNull();
      expect(parse(cut).namespaces[0]?.interfaces[0]?.name).toBe('lo');
    }
  });

  it('its hosts file gives names addresses, loopback and comments left out', () => {
    expect(parse('').containers[0]?.hosts).toEqual([
      { name: '0752ad8cb2fe', address: '172.18.0.3' },
      { name: 'db', address: '192.0.2.81' },
      { name: 'cache', address: '192.0.2.81' },
    ]);
  });

  const ruleset = rulesOf(`@@nft 200\n${JSON_LINE}\n@@nft-text 200\n${TEXT}\n`);
  const packet = (over: object) => ({
    proto: 'tcp',
    oif: 'eth0',
    src: '172.18.0.3',
    dst: '1.1.1.1',
    ...over,
  });

  it('a packet ends at a rule that surely fits it, else at the policy, else nowhere', () => {
    if (!ruleset) throw new Error('no rules');
    expect(deadEnd(ruleset, 'output', packet({ dport: 80 }))?.rule?.handle).toBe(2);
    expect(deadEnd(ruleset, 'output', packet({ dport: 53 }))).toBeUndefined();
    expect(deadEnd(ruleset, 'input', packet({ iif: 'eth0' }))).toMatchObject({
      chain: { name: 'in' },
      rule: undefined,
    });
    expect(deadEnd(ruleset, 'input', packet({ iif: 'lo' }))).toBeUndefined();
  });
});

describe('container-own-rules', () => {
  const withRules = (only80: boolean, fails: number) =>
    altered('healthy-baseline', (s) => {
      const id = container(s, 'shop-web-1').id;
      const all = fact(s, 'containers');
      const inode = all.containers.find((c) => c.id === id)?.netns;
      const ruleset = rulesOf(`@@nft 200\n${JSON_LINE}\n@@nft-text 200\n${TEXT}\n`) ?? null;
      if (ruleset && only80) ruleset.chains = ruleset.chains.filter((c) => c.table === 'filter');
      for (const inside of all.namespaces) if (inside.inode === inode) inside.ruleset = ruleset;
      const which = fromContainer('shop-web-1');
      ending(s, (f) => which(f) && f.to.port === fails && f.kind === 'internet-ip', 'timeout');
    });
  const first = (scene: ReturnType<typeof withRules>) => diagnoseScene(scene).causes[0];

  it('names the rule in there that fits what fails', () => {
    const cause = first(withRules(true, 80));
    expect(cause?.id).toBe('container-own-rules');
    expect(cause?.title.en).toContain('ip filter OUTPUT: tcp dport 80 drop');
    expect(cause?.grade).toBe('inferred');
  });

  it('names the policy that ends the answers', () => {
    expect(first(withRules(false, 53))?.title.en).toContain('inet own in: policy drop');
  });

  it('a rule for other traffic than what fails is no cause', () => {
    expect(first(withRules(true, 53))).toBeUndefined();
  });
});
