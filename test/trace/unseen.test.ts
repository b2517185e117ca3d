import { describe, expect, it } from 'vitest';
import type { Facts } from '../../electron/probe/registry.ts';
import { RAW_PRIORITY } from '../../electron/trace/chains.ts';
import type { Traced } from '../../electron/trace/journeys.ts';
import { withUnseen } from '../../electron/trace/unseen.ts';
import { lastSeenText, lostText } from '../../shared/lost-text.ts';
import { Journey, type Suspect } from '../../shared/trace.ts';
import { readScene } from '../lab-cases/scene-file.ts';
import { untranslated } from '../support/bilingual.ts';

/** The flow of shop-web-1 to the internet in a scene, which was lost. */
function flowIn(fault: string): { flow: Traced; facts: Facts } {
  const { facts, flows } = readScene(fault);
  const result = flows.find(
    ({ kind, from }) => kind === 'internet-ip' && from.where === 'container' && from.name === 'shop-web-1',
  );
  if (result?.from.where !== 'container') throw new Error('the scene has no such flow');
  const { outcome: _, ms: __, detail: ___, tries: ____, commandId: _____, ...spec } = result;
  return { flow: { spec, sources: [result.from.address], destinations: [spec.to.host] }, facts };
}

/** `inet guard early (-450)` */
const NAMES = /\w+ \S+ \S+ \(-?\d+\)|[\w-]+: tc ingress [\w ]+/g;
const named = ({ family, table, chain, priority }: Suspect) => `${family} ${table} ${chain} ${priority}`;
const only = (journeys: readonly Journey[]) => {
  const [journey, ...more] = journeys;
  expect(more).toEqual([]);
  return journey;
};

describe('a flow of which the tracer saw no packet', () => {
  it('has the chains before iptables’ raw table that can end it, and none for a tracer that begins before them', () => {
    const { flow, facts } = flowIn('nft-inet-prerouting-early-drop');
    const journey = only(withUnseen([], [flow], facts, RAW_PRIORITY));
    expect(() => Journey.parse(journey)).not.toThrow();
    expect(journey?.unseen?.chains.map(named)).toEqual([expect.stringMatching(/^inet \S+ \S+ -4\d\d$/)]);
    expect(journey).toMatchObject({ end: 'lost', stops: [] });
    expect(journey?.last).toBeUndefined();
    expect(withUnseen([], [flow], facts, undefined)).toEqual([]);
  });

  it('has the filters of traffic control at its own port, and no other’s', () => {
    const { flow, facts } = flowIn('tc-ingress-police');
    const unseen = only(withUnseen([], [flow], facts, undefined))?.unseen;
    const port = facts.tc.ok ? facts.tc.value.ingress[0]?.dev : undefined;
    expect(unseen).toMatchObject({ device: port, filters: [{ device: port }] });
    expect(unseen?.filters[0]?.text).toMatch(/ drop$/);
    const elsewhere = structuredClone(facts);
    if (elsewhere.tc.ok) for (const filter of elsewhere.tc.value.ingress) filter.dev = 'veth0000000';
    expect(withUnseen([], [flow], elsewhere, undefined)).toEqual([]);
    const harmless = structuredClone(facts);
    if (harmless.tc.ok) for (const filter of harmless.tc.value.ingress) filter.actions = ['pass'];
    expect(withUnseen([], [flow], harmless, undefined)).toEqual([]);
  });

  it('has the XDP program at its own port first', () => {
    const { flow, facts } = flowIn('tc-ingress-police');
    const port = facts.tc.ok ? facts.tc.value.ingress[0]?.dev : undefined;
    const loaded = structuredClone(facts);
    if (loaded.interfaces.ok) for (const i of loaded.interfaces.value) if (i.name === port) i.xdp = 12;
    const unseen = only(withUnseen([], [flow], loaded, undefined))?.unseen;
    expect(unseen?.filters.map(({ text }) => text)).toEqual([
      'XDP program 12',
      expect.stringMatching(/^tc ingress /),
    ]);
  });

  it('has the chains of a bridge only where they come before ip’s', () => {
    const { flow, facts } = flowIn('nft-bridge-drop');
    const early = structuredClone(facts);
    if (!early.ruleset.ok) throw new Error('no ruleset');
    const chain = early.ruleset.value.chains.find(({ family, base }) => family === 'bridge' && base !== null);
    if (!chain?.base) throw new Error('no bridge chain');
    // the fault drops on the way through the bridge, which is no way into the guest
    expect(withUnseen([], [flow], facts, undefined)).toEqual([]);
    chain.base = { ...chain.base, hook: 'prerouting', priority: -300 };
    expect(only(withUnseen([], [flow], early, undefined))?.unseen?.chains.map(named)).toEqual([
      `bridge ${chain.table} ${chain.name} -300`,
    ]);
  });

  it('has the chains of the container’s own namespace', () => {
    const { flow, facts } = flowIn('container-own-rules');
    const unseen = only(withUnseen([], [flow], facts, undefined))?.unseen;
    expect(unseen?.inside.length).toBeGreaterThan(0);
    expect(unseen?.chains).toEqual([]);
  });

  it('is nobody’s where it was seen, and where nothing stands before', () => {
    const { flow, facts } = flowIn('nft-inet-prerouting-early-drop');
    const journey = only(withUnseen([], [flow], facts, RAW_PRIORITY)) as Journey;
    const { unseen: _, ...seen } = { ...journey, end: 'delivered' as const };
    expect(withUnseen([seen], [flow], facts, RAW_PRIORITY)).toEqual([seen]);
    const healthy = flowIn('healthy-baseline');
    expect(withUnseen([], [healthy.flow], healthy.facts, RAW_PRIORITY)).toEqual([]);
  });
});

describe('what is said of it', () => {
  const { flow, facts } = flowIn('nft-inet-prerouting-early-drop');
  const journey = only(withUnseen([], [flow], facts, RAW_PRIORITY)) as Journey;

  it('names where the trace begins and what stands before, and claims nothing', () => {
    const [begins, before, ...more] = lostText(journey).map(({ en }) => en);
    expect(begins).toMatch(
      /^No packet of it was seen at prerouting \(-300\), where the trace begins; its way there is by veth\w+\.$/,
    );
    expect(before).toMatch(/^What stands before that and can end a packet: inet /);
    expect(more).toEqual([]);
    expect(lastSeenText(journey).en).toBe('');
  });

  it('adds what the kernel told of netfilter, and then no sentence acquits the rules', () => {
    const told = { ...journey, netfilter: { hook: 'prerouting', packets: 4, tries: 3 } };
    expect(lostText(told)[1]?.en).toContain(
      'netfilter dropped it at the hook prerouting (4 packets in 3 tries)',
    );
    const seen: Journey = {
      ...told,
      stops: [],
      last: { hook: 'prerouting', iif: 'br0' },
    };
    delete seen.unseen;
    expect(lostText(seen).map(({ en }) => en)).toEqual([expect.stringContaining('netfilter dropped it')]);
    expect(lostText({ ...seen, gap: { en: 'x', 'zh-CN': '某' } })).toHaveLength(1);
  });

  it('is in both languages, for every scene with such things', () => {
    for (const fault of ['nft-inet-prerouting-early-drop', 'tc-ingress-police', 'container-own-rules']) {
      const one = flowIn(fault);
      // names of chains, and filters of tc, are in no language
      for (const j of withUnseen([], [one.flow], one.facts, RAW_PRIORITY))
        for (const text of lostText({ ...j, netfilter: { packets: 2, tries: 2 } }))
          expect(
            untranslated({ en: text.en, 'zh-CN': text['zh-CN'].replaceAll(NAMES, 'N') }),
          ).toBeUndefined();
    }
  });
});
