import { describe, expect, it } from 'vitest';
import { diagnoseScene } from '../../electron/diagnose/diagnose.ts';
import type { Scene } from '../../electron/diagnose/rule.ts';
import type { TcFilter } from '../../electron/probe/lib/tc-filter.ts';
import { altered, ending, fact, fromContainer } from './altered-scene.ts';

const ids = (scene: Scene) => diagnoseScene(scene).causes.map(({ id }) => id);
const WEB = fromContainer('shop-web-1');

/** The compose bridge's filter, altered; everything fails as it did. */
const redirect = (change: (filter: TcFilter, scene: Scene) => unknown) =>
  altered('tc-redirect-elsewhere', (s) => {
    const [filter] = fact(s, 'tc').ingress;
    if (!filter) throw new Error('no filter');
    change(filter, s);
  });

describe('diverting-filter', () => {
  it('is none that copies packets, or is for others', () => {
    expect(ids(redirect(() => undefined))[0]).toBe('tc-filter-diverts');
    const mirror = redirect((f) => {
      f.does = [{ kind: 'mirred', how: 'mirror', direction: 'egress', to: 'sink9' }];
      f.actions = ['pipe'];
    });
    expect(ids(mirror)).not.toContain('tc-filter-diverts');
    expect(ids(redirect((f) => (f.protocol = 'arp')))).not.toContain('tc-filter-diverts');
    expect(ids(redirect((f) => (f.dev = 'docker0')))).not.toContain('tc-filter-diverts');
  });

  it('is none where its packets come back by an ifb, or what it takes works', () => {
    const ifb = redirect((_, s) => {
      for (const i of fact(s, 'interfaces')) if (i.name === 'sink9') i.kind = 'ifb';
    });
    expect(ids(ifb)).not.toContain('tc-filter-diverts');
    const works = redirect((_, s) => ending(s, (f) => WEB(f) && f.kind === 'internet-ip', 'ok'));
    expect(ids(works)).not.toContain('tc-filter-diverts');
  });

  it('is none where packets were seen behind it', () => {
    const traced = (later: boolean) =>
      redirect((_, s) => {
        const asked = s.journeys.filter((j) => j.direction === 'request' && j.last?.hook === 'prerouting');
        for (const { stops } of asked)
          if (later) stops.push(...stops.map((stop) => ({ ...stop, hook: 'forward' })));
        ending(s, (f) => !asked.some((j) => j.flowId === f.id), 'skipped');
      });
    expect(ids(traced(false))).toContain('tc-filter-diverts');
    expect(ids(traced(true))).not.toContain('tc-filter-diverts');
  });

  it('is none that changes nothing which loses a packet', () => {
    const fine = altered('tc-pedit-ttl', (s) => {
      for (const { does } of fact(s, 'tc').ingress)
        for (const action of does) if (action.kind === 'pedit') action.keys = [];
    });
    expect(ids(fine)).not.toContain('tc-filter-changes');
  });
});
