import { describe, expect, it } from 'vitest';
import { endAtDevice } from '../../electron/diagnose/device-chain.ts';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import type { NftChain } from '../../electron/probe/lib/nft-model.ts';
import { altered, ending, fact } from './altered-scene.ts';

const FAULT = 'nft-netdev-fwd';
const ids = (change: (scene: Scene) => unknown = () => undefined) =>
  diagnoseScene(altered(FAULT, change)).causes.map(({ id }) => id);

/** The chain at docker0, of the recorded guest (nft 1.0.6). */
function chainOf(scene: Scene): NftChain {
  const chain = fact(scene, 'ruleset').chains.find(({ family }) => family === 'netdev');
  if (!chain) throw new Error('no chain');
  return chain;
}

/** What nft 1.0.6 prints for `ip protocol tcp`, and for the addresses of nobody here. */
const OF_TCP = {
  match: { op: '==', left: { payload: { protocol: 'ip', field: 'protocol' } }, right: 'tcp' },
};
const OF_NOBODY = {
  match: { op: '==', left: { payload: { protocol: 'ip', field: 'saddr' } }, right: '198.51.100.7' },
};

function rules(scene: Scene, ...exprs: Record<string, unknown>[][]): NftChain {
  const chain = chainOf(scene);
  chain.rules = exprs.map((expr, i) => ({
    family: 'netdev',
    table: chain.table,
    chain: chain.name,
    handle: 10 + i,
    position: i + 1,
    expr,
    text: `rule ${i + 1}`,
    comment: null,
  }));
  return chain;
}

describe('a chain at a device that hands packets on', () => {
  it('is named for what passes it, and not where it is at another device or for other packets', () => {
    expect(ids()[0]).toBe('device-filter-diverts');
    expect(ids((s) => Object.assign(chainOf(s).base ?? {}, { devices: ['dummy0'] }))).toEqual([]);
    expect(ids((s) => rules(s, [OF_NOBODY, { fwd: { dev: 'sink9' } }]))).not.toContain(
      'device-filter-diverts',
    );
  });

  it('is not where a copy goes there, something of it works, or packets were seen behind it', () => {
    expect(ids((s) => rules(s, [OF_TCP, { dup: { dev: 'sink9' } }]))).not.toContain('device-filter-diverts');
    const outwards = (f: Scene['flows'][number]) =>
      f.from.where === 'container' && f.from.network === 'bridge' && f.kind === 'internet-ip';
    expect(ids((s) => ending(s, outwards, 'ok'))).not.toContain('device-filter-diverts');
    const behind = (s: Scene) => {
      for (const j of s.journeys) {
        const [stop] = j.stops;
        if (stop) j.stops.push({ ...stop, hook: 'forward' });
      }
      const seen = new Set(s.journeys.map((j) => j.flowId));
      s.flows = s.flows.filter((f) => f.outcome === 'ok' || (seen.has(f.id) && f.from.where === 'container'));
    };
    expect(ids(behind)).not.toContain('device-filter-diverts');
  });
});

describe('what ends a packet at a device', () => {
  const PACKET = { proto: 'tcp', src: '172.17.0.2', dst: '203.0.113.10', dport: 80 };
  const end = (packet: Parameters<typeof endAtDevice>[1], ...exprs: Record<string, unknown>[][]) => {
    let found: ReturnType<typeof endAtDevice>;
    altered(FAULT, (s) => {
      found = endAtDevice(rules(s, ...exprs), packet, fact(s, 'ruleset'));
    });
    return found;
  };

  it('is the first rule that fits, behind none that lets it pass', () => {
    expect(end(PACKET, [OF_NOBODY, { drop: null }], [OF_TCP, { drop: null }])).toMatchObject({
      how: 'drops',
      text: 'rule 2',
      unsure: false,
    });
    expect(end(PACKET, [OF_TCP, { accept: null }], [{ drop: null }])).toBeUndefined();
    expect(end(PACKET, [OF_TCP, { return: null }], [{ drop: null }])).toBeUndefined();
    // what nobody can know afterwards may have let others pass
    expect(end(PACKET, [{ limit: { rate: 1 } }, { accept: null }], [{ drop: null }])).toMatchObject({
      text: 'rule 2',
    });
  });

  it('is not sure of a packet one of whose addresses nobody knows', () => {
    const { src: _, ...answer } = PACKET;
    expect(end(answer, [OF_NOBODY, { drop: null }])).toMatchObject({ unsure: true });
    expect(end(answer, [OF_TCP, { drop: null }])).toMatchObject({ unsure: false });
  });

  it('is what a map of verdicts has for the packet', () => {
    const port = { payload: { protocol: 'tcp', field: 'dport' } };
    const source = { payload: { protocol: 'ip', field: 'saddr' } };
    // as nft 1.0.6 prints them
    const few = {
      set: [
        [80, { drop: null }],
        [{ range: [8000, 8100] }, { accept: null }],
      ],
    };
    const both = { set: [[{ concat: ['172.17.0.2', 80] }, { drop: null }]] };
    const map = (key: unknown, data: unknown) => [{ vmap: { key, data } }];
    expect(end(PACKET, map(port, few))).toMatchObject({ how: 'drops', text: 'rule 1', unsure: false });
    expect(end({ ...PACKET, dport: 8010 }, map(port, few), [{ drop: null }])).toBeUndefined();
    expect(end({ ...PACKET, dport: 443 }, map(port, few))).toBeUndefined();
    expect(end(PACKET, map({ concat: [source, port] }, both))).toMatchObject({ how: 'drops' });
    expect(end({ ...PACKET, dport: 81 }, map({ concat: [source, port] }, both))).toBeUndefined();
    // who sent it is not known: it may be anybody
    expect(end({ ...PACKET, src: undefined }, map({ concat: [source, port] }, both))).toBeUndefined();
    expect(end(PACKET, map(port, '@nobody-knows'))).toBeUndefined();
  });

  it('is what a named map of verdicts has for it', () => {
    altered(FAULT, (s) => {
      const ruleset = fact(s, 'ruleset');
      const port = { payload: { protocol: 'tcp', field: 'dport' } };
      const chain = rules(s, [{ vmap: { key: port, data: '@m' } }]);
      const elements = [
        [443, { accept: null }],
        [80, { drop: null }],
      ];
      ruleset.sets.push({
        ...{ family: 'netdev', table: chain.table, name: 'm', map: true, flags: [] },
        ...{ elements, elementCount: 2 },
      });
      expect(endAtDevice(chain, PACKET, ruleset)).toMatchObject({ how: 'drops' });
      for (const set of ruleset.sets) if (set.name === 'm') set.elementCount = 3;
      expect(endAtDevice(chain, PACKET, ruleset)).toBeUndefined();
    });
  });

  it('may stand in a chain that is jumped to, or be the policy', () => {
    altered(FAULT, (s) => {
      const ruleset = fact(s, 'ruleset');
      const chain = rules(s, [OF_TCP, { jump: { target: 'inner' } }]);
      const inner = { ...chain, name: 'inner', base: null, rules: [] as NftChain['rules'] };
      ruleset.chains.push(inner);
      expect(endAtDevice(chain, PACKET, ruleset)).toBeUndefined();
      inner.rules = chain.rules.map((rule) => ({ ...rule, chain: 'inner', expr: [{ drop: null }] }));
      expect(endAtDevice(chain, PACKET, ruleset)).toMatchObject({ rule: { chain: 'inner' } });
      inner.rules = [];
      if (chain.base) chain.base.policy = 'drop';
      expect(endAtDevice(chain, PACKET, ruleset)).toMatchObject({ text: 'policy drop' });
      // one that jumps to itself ends as well
      inner.rules = chain.rules.map((rule) => ({ ...rule, chain: 'inner' }));
      expect(endAtDevice(chain, PACKET, ruleset)).toMatchObject({ text: 'policy drop' });
    });
  });
});
