import { beforeAll, describe, expect, it } from 'vitest';
import { commandOf } from '../../../renderer/run/timeline/rows.ts';
import { Timeline, timelineOf } from '../../../renderer/run/timeline/timeline.ts';
import type { RunEvent } from '../../../shared/run.ts';
import { same } from '../../../shared/text.ts';
import { sampleEvents } from './sample.ts';

let events: RunEvent[];
let whole: Timeline;
beforeAll(async () => {
  events = await sampleEvents();
  whole = new Timeline().advance(events);
});

const of = <T extends RunEvent['type']>(type: T) =>
  events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);

describe('rows of a real run', () => {
  it.each([1, 7, 60])('are the same whether its events come at once or %i at a time', (size) => {
    const growing: RunEvent[] = [];
    const timeline = new Timeline();
    for (let at = 0; at < events.length; at += size) {
      growing.push(...events.slice(at, at + size));
      timeline.advance(growing);
    }
    expect(timeline.rows).toEqual(whole.rows);
    expect(timeline.byKind).toEqual(whole.byKind);
  });

  it('look at each event once', () => {
    let reads = 0;
    const counted = new Proxy([...events], {
      get(list, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1;
        return Reflect.get(list, key);
      },
    });
    const timeline = new Timeline();
    for (let times = 0; times < 5; times += 1) timeline.advance(counted);
    expect(reads).toBe(events.length);
  });

  it('tell of every fact, flow, journey, command and cause', () => {
    for (const { probe } of of('fact')) expect(whole.rowOf('fact', probe)).toBeDefined();
    for (const { flow } of of('flow')) expect(whole.rowOf('flow', flow.id)).toBeDefined();
    for (const { journey } of of('journey')) expect(whole.rowOf('journey', journey.id)).toBeDefined();
    for (const { id } of of('command')) expect(whole.rowOf('command', id)).toBeDefined();
    expect(whole.byKind.finding.map((at) => whole.rows[at]?.what)).toEqual([
      'cause',
      'residue',
      'verdict',
      'ended',
    ]);
  });

  it('are where the evidence of the root cause leads', () => {
    const evidence = of('cause').flatMap(({ cause }) => cause.evidence);
    expect(evidence.length).toBeGreaterThan(3);
    for (const { kind, ref } of evidence) {
      const row = whole.rows[whole.rowOf(kind, ref) ?? -1];
      expect(row?.what).toBe(kind);
    }
  });

  it('show a flow once, as the trace corrected it, and what it seemed to be before', () => {
    const id = 'box2→internet-ip:1.1.1.1:80';
    const rows = whole.rows.filter((row) => row.what === 'flow' && row.flow.id === id);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      state: 'bad',
      flow: { outcome: 'prohibited' },
      before: { outcome: 'unreachable' },
    });
  });

  it('hold the answer of the command that a fact was read from', () => {
    const row = whole.rows[whole.rowOf('fact', 'docker') ?? -1];
    const answer = row === undefined ? undefined : commandOf(row)?.answer;
    expect(answer?.stdout).toContain('20.10.24');
    expect(answer?.id).toBe(row === undefined ? '' : commandOf(row)?.asked.id);
  });

  it('of steps and commands run until their end has come', () => {
    const began = events.findIndex((event) => event.type === 'command');
    const timeline = new Timeline().advance(events.slice(0, began + 1));
    expect(timeline.rows.at(-1)).toMatchObject({ what: 'command', state: 'running' });
    expect(whole.rows.some(({ state }) => state === 'running')).toBe(false);
  });
});

describe('odd logs', () => {
  it('ignores an answer, a step’s end and a fact whose beginning was cut off', () => {
    const tail = events.slice(events.findIndex(({ type }) => type === 'answer'));
    const timeline = new Timeline().advance(tail);
    expect(timeline.rows.length).toBeGreaterThan(30);
    const fact = timeline.rows[timeline.rowOf('fact', 'docker') ?? -1];
    expect(fact === undefined ? 'no row' : commandOf(fact)).toBeUndefined();
  });

  it('marks what did not go well without calling it a failure of the run', () => {
    const t = 0;
    const timeline = new Timeline().advance([
      { t, type: 'command', id: 'c1', purpose: same('p'), script: 's', asRoot: true },
      {
        t,
        type: 'answer',
        id: 'c1',
        code: 1,
        stdout: '',
        stderr: '',
        timedOut: false,
        truncated: false,
        refused: 'no root',
        ms: 3,
      },
      { t, type: 'fact', probe: 'ufw', commandId: 'c1', ok: false, reason: 'does-not-apply' },
      { t, type: 'fact', probe: 'tc', commandId: 'c1', ok: false, reason: 'no-root' },
      { t, type: 'tracer', backend: null, whyNot: [] },
      { t, type: 'ended', how: 'cancelled' },
    ]);
    expect(timeline.rows.map(({ state }) => state)).toEqual(['warn', 'skipped', 'warn', 'warn', 'warn']);
  });

  it('keeps one timeline for each list of events', () => {
    const list = events.slice(0, 10);
    const timeline = timelineOf(list);
    const { version } = timeline;
    expect(timelineOf(list)).toBe(timeline);
    expect(timeline.version).toBe(version);
    list.push(...events.slice(10));
    expect(timelineOf(list).rows).toEqual(whole.rows);
    expect(timeline.version).toBe(version + 1);
  });
});
