import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import { buildRuleset } from '../../electron/probe/lib/nft-model.ts';
import { ruleKey } from '../../electron/probe/lib/nft-text.ts';
import type { RulePlace } from '../../shared/trace.ts';
import { altered, fact, fromMac } from './altered-scene.ts';

const ids = (scene: Scene) => diagnoseScene(scene).causes.map(({ id }) => id);

describe('masquerade-missing, where packets end before they come that far', () => {
  const SHOP = '-s 172.18.0.0/16 ! -o ';
  const both = (change: (scene: Scene) => unknown = () => undefined) =>
    altered('sysctl-ip-forward-0', (s) => {
      for (const { chains } of fact(s, 'iptables').tables)
        for (const chain of chains) chain.rules = chain.rules.filter(({ text }) => !text.includes(SHOP));
      change(s);
    });

  it('is told behind what ends them', () => {
    const { causes } = diagnoseScene(both());
    expect(causes.map(({ id }) => id)).toEqual(['ip-forward-off', 'masquerade-missing']);
    expect(causes[1]).toMatchObject({ grade: 'inferred' });
    expect(causes[1]?.title.en).toContain('No MASQUERADE for 172.18.0.0/16');
  });

  it('is none where the rule stands', () => {
    expect(ids(altered('sysctl-ip-forward-0', () => undefined))).toEqual(['ip-forward-off']);
  });

  it.each([
    '-A POSTROUTING -o ens3 -j MASQUERADE',
    '-A POSTROUTING -s 172.16.0.0/12 -j SNAT --to-source 10.0.2.15',
    '-A POSTROUTING ! -s 10.0.2.15/32 -o ens3 -j MASQUERADE',
  ])('is none where another rule does the same (%s)', (text) => {
    const otherwise = both((s) => {
      const nat = fact(s, 'iptables').tables.find((t) => t.table === 'nat' && t.family === 4);
      const chain = nat?.chains.find(({ name }) => name === 'POSTROUTING');
      chain?.rules.push({ position: 9, text, packets: 0, bytes: 0 });
    });
    expect(ids(otherwise)).toEqual(['ip-forward-off']);
  });

  it('is none where the network was made without it, or its traffic gets out', () => {
    const meant = both((s) => {
      for (const network of fact(s, 'docker').networks)
        network.options['com.docker.network.bridge.enable_ip_masquerade'] = 'false';
    });
    expect(ids(meant)).toEqual(['ip-forward-off']);
    const works = both((s) => {
      s.flows = s.flows.map((f) =>
        f.kind === 'internet-ip' && f.from.where === 'container' ? { ...f, outcome: 'ok' } : f,
      );
    });
    expect(ids(works)).not.toContain('masquerade-missing');
  });
});

describe('netfilter-drop-behind', () => {
  /** A rule as nft 1.0.6 lists it: in JSON, and as text. */
  type Listed = readonly [expr: string, text: string];

  /** Such rules in a table of their own, with the bridge of the network whose packets die. */
  function guarded(rules: readonly Listed[], at: Partial<RulePlace> = {}): Scene {
    return altered('ipt-docker-user-drop', (s) => {
      for (const j of s.journeys) if (j.at) j.at = { ...j.at, ...at };
      const bridge = s.journeys.find((j) => j.at && j.direction === 'request')?.packet.iif ?? '';
      const rule = (handle: number, expr: string) =>
        `{"rule": {"family": "ip", "table": "guard", "chain": "forward", "handle": ${handle}, "expr": [${expr.replaceAll('BRIDGE', bridge)}]}}`;
      const listing = [
        '{"table": {"family": "ip", "name": "guard", "handle": 1}}',
        '{"chain": {"family": "ip", "table": "guard", "name": "forward", "handle": 1, "type": "filter", "hook": "forward", "prio": 10, "policy": "accept"}}',
        ...rules.map(([expr], i) => rule(i + 2, expr)),
      ];
      const { chains } = buildRuleset(
        listing.map((one) => JSON.parse(one)),
        new Map(rules.map(([, text], i) => [ruleKey('ip', 'guard', 'forward', i + 2), text])),
      );
      fact(s, 'ruleset').chains.push(...chains);
    });
  }
  const OWN = '{"match": {"op": "==", "left": {"meta": {"key": "iifname"}}, "right": "BRIDGE"}}';
  const DROP: Listed = [
    `${OWN}, {"match": {"op": "!=", "left": {"payload": {"protocol": "ip", "field": "daddr"}}, "right": {"prefix": {"addr": "172.16.0.0", "len": 12}}}}, {"counter": {"packets": 0, "bytes": 0}}, {"drop": null}`,
    'iifname "br-33d94de59271" ip daddr != 172.16.0.0/12 counter packets 0 bytes 0 drop',
  ];
  const ACCEPT: Listed = [`${OWN}, {"accept": null}`, 'iifname "br-33d94de59271" accept'];
  const KNOWN: Listed = [
    '{"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["established", "related"]}}, {"accept": null}',
    'ct state established,related accept',
  ];
  const MARKED: Listed = [
    '{"match": {"op": "==", "left": {"meta": {"key": "mark"}}, "right": 7}}, {"accept": null}',
    'meta mark 0x00000007 accept',
  ];
  const changed = ([expr, text]: Listed, from: string, to: string): Listed => [expr.replace(from, to), text];

  it('is told behind the rule that ends the packets', () => {
    const { causes } = diagnoseScene(guarded([KNOWN, DROP]));
    expect(causes.map(({ id }) => id)).toEqual(['docker-user-drop', 'netfilter-drop-behind']);
    expect(causes[1]).toMatchObject({ grade: 'inferred', owner: 'administrator' });
    expect(causes[1]?.says.en).toContain('ip guard forward, rule 2, handle 3 (hook forward, priority 10)');
    expect(causes[1]?.fixes[0]?.commands).toEqual(['nft delete rule ip guard forward handle 3']);
  });

  it.each<[string, Listed[]]>([
    ['nothing else ends them', [KNOWN]],
    ['a rule before it lets them pass', [ACCEPT, DROP]],
    ['nobody can tell whether one lets them pass', [MARKED, DROP]],
    ['it asks for other packets', [changed(DROP, 'BRIDGE', 'br-other')]],
    ['it asks for what nobody can tell', [changed(MARKED, 'accept', 'drop')]],
  ])('is none where %s', (_, rules) => {
    expect(ids(guarded(rules))).toEqual(['docker-user-drop']);
  });

  it('is none behind a rule that a firewall set, which knows its own way', () => {
    expect(ids(guarded([DROP], { chain: 'filter_FWD_public', table: 'firewalld' }))).not.toContain(
      'netfilter-drop-behind',
    );
  });
});

describe('forward-policy-drop, of packets that were led elsewhere', () => {
  const led = (to: string) =>
    altered('ipt-dnat-stale-address', (s) => {
      for (const { nat } of s.journeys) if (nat) nat.dst = to;
    });

  it('is only what follows where nobody has that address', () => {
    expect(ids(led('172.18.0.99'))).toEqual(['nat-leads-elsewhere']);
  });

  it('is told where a container has it', () => {
    const scene = led('172.18.0.99');
    const [container] = fact(scene, 'docker').containers.filter(({ name }) => name === 'shop-db-1');
    for (const link of container?.attachments ?? []) link.ip = '172.18.0.99';
    expect(ids(scene)).toContain('forward-policy-drop');
  });
});

describe('docker-user-drops-answers', () => {
  it('is about what containers ask, not about what published ports answer', () => {
    const published = altered('ipt-docker-user-allowlist-kills-replies', (s) => {
      const mac = s.flows.find(fromMac);
      s.journeys = s.journeys.filter(({ at }) => at).map((j) => ({ ...j, flowId: mac?.id ?? '' }));
    });
    expect(ids(published)[0]).toBe('docker-user-drop');
  });
});
