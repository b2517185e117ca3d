import { describe, expect, it } from 'vitest';
import { findRule, type Ruleset } from '../../electron/probe/lib/nft-model.ts';
import type { Facts } from '../../electron/probe/registry.ts';
import { iptablesPartsOf } from '../../electron/trace/iptables-parts.ts';
import { missedBefore } from '../../electron/trace/missed.ts';
import { inIptables } from '../../electron/trace/place.ts';
import { type Part, partsOf } from '../../electron/trace/rule-parts.ts';
import { isFatal } from '../../shared/fatal.ts';
import { journeyLines } from '../../shared/journey-text.ts';
import type { Journey, Packet } from '../../shared/trace.ts';
import { readScene, sceneNames } from '../lab-cases/scene-file.ts';

// Rulesets and journeys as they were read and traced on the lab's bookworm machine (nft 1.0.6, Linux 6.1).
/** A container's SYN on its way out. */
const packet: Packet = {
  iif: 'docker0',
  oif: 'ens3',
  src: '172.17.0.3',
  dst: '1.1.1.1',
  proto: 'tcp',
  sport: 40000,
  dport: 80,
};

function scene(name: string): { facts: Facts; ruleset: Ruleset; journeys: readonly Journey[] } {
  const { facts, journeys } = readScene(name);
  if (!facts.ruleset.ok) throw new Error(`${name} has no ruleset`);
  return { facts, ruleset: facts.ruleset.value, journeys };
}

/** The rules that the kernel said it matched, of all journeys of a scene, each with the packet as it was there. */
function* matchedRules({ ruleset, journeys }: ReturnType<typeof scene>) {
  for (const { stops } of journeys)
    for (const { family, table, packet, rules } of stops)
      for (const { chain, handle, verdict } of rules) {
        const rule = handle === undefined ? undefined : findRule(ruleset, family, table, chain, handle);
        if (rule !== undefined && verdict !== 'continue') yield { rule, packet };
      }
}

function missedIn(name: string, flow: RegExp) {
  const { facts, journeys } = scene(name);
  const journey = journeys.find(({ id, at }) => at !== undefined && flow.test(id));
  const stop = journey?.stops.find((one) => isFatal(journey, one));
  if (journey?.at === undefined || stop === undefined) throw new Error('nothing died there');
  return { journey, missed: missedBefore(stop, journey.at, facts) };
}

describe('rules that did not match before a packet died', () => {
  it('say what the packet had in place of what they ask for', () => {
    const { missed, journey } = missedIn(
      'route-container-subnet-missing',
      /^shop-web-1→internet-ip:1\.1\.1\.1:80/,
    );
    const wanted = missed.find(({ rule }) => /iifname "br-\S+" oifname != /.test(rule));
    expect(wanted?.wanted).toMatch(/^iifname "br-[0-9a-f]{12}"$/);
    expect(wanted?.has).toMatch(/^ens3$/);
    expect(missed.map(({ position }) => position)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    const lines = journeyLines({ ...journey, missed }, 'en').join('\n');
    expect(lines).toMatch(
      /did not match before it in this chain:\n.*≠ oifname "docker0": the packet has ens3\n/,
    );
    expect(journeyLines({ ...journey, missed }, 'zh-CN').join('\n')).toContain('数据包为 ens3');
  });

  it('are none where the first rule of the chain was the fatal one', () => {
    expect(missedIn('ipt-docker-user-drop', /./).missed).toEqual([]);
  });
});

describe('rules of iptables-legacy that did not match', () => {
  it.each<[string, string, string | undefined]>([
    ['-A F -s 10.0.0.0/8 ! -d 1.1.1.1/32 -p tcp -m tcp --dport 80 -j ACCEPT', '-s 10.0.0.0/8', '172.17.0.3'],
    [
      '-A F -s 172.17.0.0/16 ! -d 1.1.1.1/32 -p tcp -m tcp --dport 80 -j ACCEPT',
      '! -d 1.1.1.1/32',
      '1.1.1.1',
    ],
    ['-A F -i br-+ -j DROP', '-i br-+', 'docker0'],
    ['-A F -p tcp -m multiport --dports 443,8000:8080 -j ACCEPT', '--dports 443,8000:8080', '80'],
    [
      '-A F -i docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      '--ctstate RELATED,ESTABLISHED',
      undefined,
    ],
    ['-A F -m comment --comment "a -j DROP \\"x\\"" -p udp -m udp --dport 53 -j DROP', '-p udp', 'tcp'],
  ])('%s', (text, wanted, has) => {
    const parts = iptablesPartsOf(text, packet);
    const failed =
      parts.find(({ holds }) => holds === false) ?? parts.find(({ holds }) => holds === undefined);
    expect(failed?.wanted).toBe(wanted);
    expect(failed?.has).toBe(has);
  });
});

describe('parts of a rule', () => {
  const scenes = sceneNames().filter((name) => readScene(name).facts.ruleset.ok);

  it.each(scenes)('hold for every packet that the kernel said the rule matched: %s', (name) => {
    const all = scene(name);
    const wrong: unknown[] = [];
    for (const { rule, packet } of matchedRules(all)) {
      const text = inIptables(all.facts, rule);
      const parts = [
        ...partsOf(rule.expr, packet, all.ruleset, rule),
        ...(text === undefined ? [] : iptablesPartsOf(text, packet)),
      ];
      const failed = parts.filter(({ holds }) => holds === false);
      if (failed.length > 0) wrong.push({ text: rule.text, packet, failed });
    }
    expect(wrong).toEqual([]);
  });

  it('are the same in nft’s and in iptables’ words, for every rule of every scene', () => {
    const results = { same: 0, unlike: [] as unknown[] };
    const summary = (parts: Part[]) =>
      parts.some(({ holds }) => holds === false)
        ? 'fails'
        : parts.some(({ holds }) => holds === undefined)
          ? '?'
          : 'fits';
    for (const name of scenes) {
      const all = scene(name);
      for (const rule of all.ruleset.chains.flatMap(({ rules }) => rules)) {
        const text = inIptables(all.facts, rule);
        if (text === undefined) continue;
        const nft = partsOf(rule.expr, packet, all.ruleset, rule);
        const iptables = iptablesPartsOf(text, packet);
        if (summary(nft) === summary(iptables)) results.same += 1;
        else results.unlike.push({ nft, iptables, text });
      }
    }
    expect(results.unlike).toEqual([]);
    expect(results.same).toBeGreaterThan(800);
  });

  const find = (name: string, text: RegExp): Part[] => {
    const { ruleset } = scene(name);
    const rule = ruleset.chains.flatMap(({ rules }) => rules).find((one) => text.test(one.text));
    if (rule === undefined) throw new Error(`no rule ${text} in ${name}`);
    return partsOf(rule.expr, packet, ruleset, rule);
  };

  it.each<[string, string, RegExp, Partial<Part>]>([
    [
      'a network that it must not be from',
      'ipt-docker-user-allowlist-kills-replies',
      /saddr != 192\.168\.1\.0/,
      { wanted: 'ip saddr != 192.168.1.0/24', has: '172.17.0.3', holds: true },
    ],
    [
      'a network it is from',
      'ipt-raw-prerouting-drop',
      /saddr 172\.18\.0\.0\/16 tcp dport 80/,
      { wanted: 'ip saddr 172.18.0.0/16', has: '172.17.0.3', holds: false },
    ],
    [
      'a port',
      'ipt-raw-prerouting-drop',
      /saddr 172\.18\.0\.0\/16 tcp dport 80/,
      { wanted: 'tcp dport 80', has: '80', holds: true },
    ],
    [
      'a port of another protocol',
      'ipt-udp53-blocked',
      /udp dport 53 .*drop/,
      { wanted: 'udp dport 53', has: 'tcp', holds: false },
    ],
    [
      'a named set',
      'nft-set-blocklist',
      /daddr @bad/,
      { wanted: 'ip daddr @bad', has: '1.1.1.1', holds: false },
    ],
    [
      'an interface that it must not leave by',
      'ipt-masquerade-missing',
      /iifname "docker0" oifname != "docker0"/,
      { wanted: 'oifname != "docker0"', has: 'ens3', holds: true },
    ],
    [
      'what conntrack held of it',
      'fw-docker0-not-in-zone',
      /^ct state \{? ?established/,
      { wanted: 'ct state { established, related }', holds: undefined },
    ],
  ])('%s', (_, name, text, part) => {
    expect(find(name, text)).toContainEqual(part);
  });
});
