import { describe, expect, it } from 'vitest';
import { type Again, againOf } from '../../shared/again.ts';
import type { RemedyPlan } from '../../shared/remedy.ts';
import { applyEvent, emptyRun, RUN_SCHEMA, type RunEvent } from '../../shared/run.ts';
import { same } from '../../shared/text.ts';

const UNCHANGED = { checked: true, lines: [], counts: [] };
const RUN = '20261126T100357Z-aa50c596';

function started(order: { remedy?: RemedyPlan['kind']; which?: string }): RunEvent {
  const machine = { kind: 'ssh', id: 'shop:22', name: 'shop' };
  const at = '2026-11-26T10:03:57Z';
  return { t: 0, type: 'started', schema: RUN_SCHEMA, culprit: '0', at, machine, targets: [], ...order };
}
const planned: RunEvent = {
  t: 1,
  type: 'remedy',
  plan: { kind: 'fix', cause: 'x', at: 0, title: same('x'), files: [], commands: [], undo: [], flows: [] },
};
const stands: RunEvent = { t: 2, type: 'remedy-stands', change: UNCHANGED };
const declined: RunEvent = { t: 3, type: 'remedy-ended', outcome: 'declined', says: same('no'), flows: [] };
const ended = (how: 'done' | 'failed' | 'cancelled'): RunEvent => ({ t: 4, type: 'ended', how });

const again = (...events: RunEvent[]) => againOf(events.reduce(applyEvent, emptyRun()));

describe('a run that was cut short', () => {
  const fix = started({ remedy: 'fix', which: 'x/1' });
  it.each<[what: string, events: RunEvent[], wanted: Again]>([
    ['a diagnosis', [started({}), ended('failed')], { kind: 'look' }],
    ['one that was stopped', [started({}), ended('cancelled')], { kind: 'look' }],
    ['one that has no end at all', [started({})], { kind: 'look' }],
    ['nothing', [], { kind: 'look' }],
    ['a trial', [started({ remedy: 'trial' }), ended('failed')], { kind: 'trial' }],
    ['a fix before it was planned', [fix, ended('failed')], { kind: 'fix', id: 'x/1' }],
    ['a fix that was only planned', [fix, planned, ended('failed')], { kind: 'fix', id: 'x/1' }],
    ['a fix that may stand', [fix, planned, stands, ended('failed')], { kind: 'look' }],
    ['a fix that was declined', [fix, planned, declined, ended('failed')], { kind: 'look' }],
    ['a fix of nobody knows which', [started({ remedy: 'fix' }), ended('failed')], { kind: 'look' }],
    ['an undo', [started({ remedy: 'undo', which: RUN }), ended('failed')], { kind: 'undo', run: RUN }],
  ])('(%s) is taken up with what was ordered, unless that is over', (_, events, wanted) => {
    expect(again(...events)).toEqual(wanted);
  });

  it('is none when it came to its end', () => {
    expect(again(fix, planned, declined, ended('done'))).toBeUndefined();
  });
});
