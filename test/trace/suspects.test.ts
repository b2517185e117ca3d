import { describe, expect, it } from 'vitest';
import { withSuspects } from '../../electron/trace/suspects.ts';
import { lastSeenText, lostText } from '../../shared/lost-text.ts';
import type { Journey, Stop } from '../../shared/trace.ts';
import { readScene } from '../lab-cases/scene-file.ts';
import { untranslated } from '../support/bilingual.ts';

const packet = { iif: 'docker0', oif: 'ens3', src: '172.17.0.2', dst: '1.1.1.1', proto: 'tcp', dport: 80 };

/** Places at which LOG rules see packets. */
const SEEN = {
  raw: { table: 'raw', baseChain: 'PREROUTING', hook: 'prerouting', priority: -300, seenAt: 'start' },
  forward: { table: 'mangle', baseChain: 'FORWARD', hook: 'forward', priority: -150, seenAt: 'start' },
  security: { table: 'security', baseChain: 'FORWARD', hook: 'forward', priority: 50, seenAt: 'end' },
  out: { table: 'mangle', baseChain: 'POSTROUTING', hook: 'postrouting', priority: -150, seenAt: 'end' },
} as const;

/** A journey that was seen last there. */
function lostAt(where: keyof typeof SEEN, more: Partial<Stop> = {}): Journey {
  const stop: Stop = {
    family: 'ip',
    packet,
    rules: [],
    verdict: 'unknown',
    policy: false,
    ...SEEN[where],
    ...more,
  };
  const last = { hook: stop.hook, iif: packet.iif, oif: packet.oif };
  return { id: 'j', flowId: 'f', direction: 'request', packet, stops: [stop], end: 'lost', last };
}

function suspects(fault: string, journey: Journey): string[] | undefined {
  const { suspects } = withSuspects(journey, readScene(fault).facts);
  return suspects?.map(({ family, table, chain, priority, legacy }) =>
    [legacy ? 'legacy' : family, table, chain, priority].join(' '),
  );
}

describe('the chains that may have ended a packet which only LOG rules saw', () => {
  it('are those behind its last place that can end a packet, up to where it would be seen again', () => {
    // Docker's nat chains end nothing
    expect(suspects('ipt-docker-user-drop', lostAt('forward'))).toEqual(['ip filter FORWARD 0']);
    expect(suspects('fw-docker0-not-in-zone', lostAt('forward'))).toEqual([
      'ip filter FORWARD 0',
      'inet firewalld filter_FORWARD 10',
    ]);
    expect(suspects('fw-docker0-not-in-zone', lostAt('security'))).toEqual([]);
  });

  it('are found through jumps, and at the same priority', () => {
    expect(suspects('ipt-raw-prerouting-drop', lostAt('raw'))).toEqual(['ip raw PREROUTING -300']);
    expect(suspects('healthy-unmatched-drops', lostAt('raw'))).toContain('inet blocklist pre -300');
  });

  it('are of iptables’ own list where nft’s is not there', () => {
    const { facts } = readScene('ipt-docker-user-drop');
    const noNft = {
      ok: false,
      reason: 'tool-missing',
      detail: { en: '', 'zh-CN': '' },
      commandId: 'c',
    } as const;
    const { suspects: found } = withSuspects(lostAt('forward'), { ...facts, ruleset: noNft });
    expect(found).toEqual([
      { family: 'ip', table: 'filter', chain: 'FORWARD', hook: 'forward', priority: 0 },
    ]);
    const nothing = withSuspects(lostAt('forward'), { ruleset: noNft, iptables: noNft });
    expect(nothing.suspects).toBeUndefined();
  });

  it('are nobody’s business where a tracer told of every chain, or the kernel dropped it itself', () => {
    const { facts } = readScene('ipt-docker-user-drop');
    const { seenAt: _, ...stop } = lostAt('forward').stops[0] as Stop;
    const traced = { ...lostAt('forward'), stops: [stop] };
    expect(withSuspects(traced, facts)).toBe(traced);
    const dropped: Journey = { ...lostAt('forward'), drop: { reason: 'IP_RPFILTER', packets: 2, tries: 2 } };
    expect(withSuspects(dropped, facts)).toBe(dropped);
  });
});

describe('what is said of a lost packet', () => {
  const says = (journey: Journey) => lostText(journey).map(({ en }) => en);
  const facts = readScene('fw-docker0-not-in-zone').facts;

  it('names the chains, and never a rule, where only LOG rules saw it', () => {
    const journey = withSuspects(lostAt('forward'), facts);
    expect(says(journey)).toEqual([
      'LOG rules followed it, which name no rule. Chains behind that place that can end a packet: ip filter FORWARD (0), inet firewalld filter_FORWARD (10).',
      'What is left: the kernel itself, between this hook and the next one.',
    ]);
    expect(says(lostAt('forward'))[0]).toContain('is not known');
    expect(says(withSuspects(lostAt('security'), facts))[0]).toContain('no rule ended it');
  });

  it('names the device by which it left', () => {
    const { seenAt: _, ...stop } = lostAt('out').stops[0] as Stop;
    expect(says({ ...lostAt('out'), stops: [{ ...stop, verdict: 'accept' }] })).toEqual([
      'Every chain let it pass and it left by ens3; no answer came back.',
      expect.stringContaining('a neighbour that does not answer (ARP)'),
    ]);
    expect(says(lostAt('out'))).toContain('It was to leave by ens3.');
  });

  it('is nothing where the kernel told, where something is missing or undecided, and where it was not lost', () => {
    const { seenAt: _, ...stop } = lostAt('out').stops[0] as Stop;
    expect(says({ ...lostAt('out'), stops: [stop] })).toEqual([]);
    const gap = { en: 'gone', 'zh-CN': '丢失' };
    expect(says({ ...lostAt('out'), gap })).toEqual([]);
    expect(says({ ...lostAt('out'), end: 'delivered' })).toEqual([]);
    expect(says({ ...lostAt('out'), drop: { packets: 2, tries: 2 } })).toEqual([]);
  });

  it('is in both languages', () => {
    for (const where of ['raw', 'forward', 'security', 'out'] as const) {
      const journey = withSuspects(lostAt(where), facts);
      for (const text of [lastSeenText(journey), ...lostText(journey)])
        expect(untranslated(text)).toBeUndefined();
    }
  });
});
