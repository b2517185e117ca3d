import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { lowerBound, ofKind, pattern, Search } from '../../../renderer/run/timeline/filter.ts';
import { Timeline } from '../../../renderer/run/timeline/timeline.ts';
import type { RunEvent } from '../../../shared/run.ts';
import { sampleEvents } from './sample.ts';

let events: RunEvent[];
let timeline: Timeline;
beforeAll(async () => {
  events = await sampleEvents();
  timeline = new Timeline().advance(events);
});

function found(query: string, kind: 'all' | 'probe' | 'flow' | 'finding' = 'all'): number[] {
  const search = new Search(timeline, kind, query, 'en');
  expect(search.work(() => false)).toBe(true);
  return Array.from({ length: search.shown.length }, (_, n) => search.shown.at(n));
}

const whats = (rows: number[]) => new Set(rows.map((at) => timeline.rows[at]?.what));

describe('narrowing down by kind', () => {
  it('parts the rows: each is of one kind, in the timeline’s order', () => {
    const kinds = ['step', 'probe', 'flow', 'trace', 'finding'] as const;
    const all = kinds.flatMap((kind) => {
      const shown = ofKind(timeline, kind);
      return Array.from({ length: shown.length }, (_, n) => shown.at(n));
    });
    expect(all.toSorted((a, b) => a - b)).toEqual(timeline.rows.map((_, at) => at));
  });

  it('knows the place of a row among those shown, and that others are not shown', () => {
    const shown = ofKind(timeline, 'flow');
    const first = shown.at(0);
    expect(shown.indexOf(first)).toBe(0);
    expect(shown.indexOf(shown.at(5))).toBe(5);
    expect(shown.indexOf(first - 1)).toBe(-1);
    expect(ofKind(timeline, 'all').indexOf(timeline.rows.length)).toBe(-1);
  });
});

describe('searching', () => {
  it('looks at titles, summaries, commands and output, whatever the case', () => {
    expect(whats(found('FILTER_FWD_PUBLIC'))).toContain('journey');
    expect(whats(found('filter_fwd_public'))).toContain('command');
    expect(whats(found('20.10.24'))).toContain('fact');
    expect(whats(found('busctl'))).toContain('command');
    expect(found('no such thing anywhere')).toEqual([]);
  });

  it('takes what is typed literally', () => {
    expect(found('.*')).not.toEqual(found(''));
    expect(found('(default)').length).toBeGreaterThan(0);
    expect(found('[(').length).toBe(0);
  });

  it('never breaks on anything typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (query) => {
        expect(pattern(query).test(`before ${query.trim()} after`)).toBe(true);
      }),
    );
  });

  it('stays within the chosen kind', () => {
    expect(whats(found('1.1.1.1', 'flow'))).toEqual(new Set(['flow']));
  });

  it('finds the same in slices of one row as at once', () => {
    const search = new Search(timeline, 'all', 'docker', 'en');
    let slices = 1;
    while (!search.work(() => true)) slices += 1;
    expect(slices).toBeGreaterThan(timeline.rows.length - 1);
    const rows = Array.from({ length: search.shown.length }, (_, n) => search.shown.at(n));
    expect(rows).toEqual(found('docker'));
  });

  it('goes on when rows come, and looks again at a command when its answer comes', () => {
    const growing: RunEvent[] = [];
    const live = new Timeline();
    const search = new Search(live, 'all', 'filter_fwd_public', 'en');
    for (const event of events) {
      growing.push(event);
      live.advance(growing);
      search.work(() => false);
    }
    const rows = Array.from({ length: search.shown.length }, (_, n) => search.shown.at(n));
    expect(rows).toEqual(found('filter_fwd_public'));
  });
});

describe('lowerBound', () => {
  it('is where a number stands or would', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000)), fc.nat(1000), (list, wanted) => {
        const rising = list.toSorted((a, b) => a - b);
        expect(lowerBound(rising, wanted)).toBe(rising.filter((n) => n < wanted).length);
      }),
    );
  });
});
