import { beforeAll, describe, expect, it } from 'vitest';
import { isLive, phaseOf } from '../../../renderer/run/phase.ts';
import { pieces } from '../../../renderer/run/timeline/pieces.ts';
import { stepsOf } from '../../../renderer/run/verdict/steps.ts';
import { applyEvents, emptyRun, type RunEvent } from '../../../shared/run.ts';
import { sampleEvents } from './sample.ts';

let events: RunEvent[];
beforeAll(async () => {
  events = await sampleEvents();
});

const until = (type: RunEvent['type'], step?: string) =>
  applyEvents(
    emptyRun(),
    events.slice(
      0,
      events.findIndex((e) => e.type === type && (step === undefined || ('step' in e && e.step === step))) +
        1,
    ),
  );

describe('where a run is', () => {
  it('is connecting until it is connected, then under way, then done', () => {
    expect(phaseOf(emptyRun(), true, 'running')).toBe('connecting');
    expect(phaseOf(until('step-began', 'connect'), true, 'running')).toBe('connecting');
    expect(phaseOf(until('step-ended', 'connect'), true, 'running')).toBe('under-way');
    expect(phaseOf(until('ended'), true, 'done')).toBe('done');
  });

  it('is loading while a stored run is coming, and broken off when it has come without an end', () => {
    expect(phaseOf(until('flow'), false, 'broken-off')).toBe('loading');
    expect(phaseOf(until('flow'), true, 'broken-off')).toBe('broken-off');
    expect(phaseOf(emptyRun(), true, 'unreadable')).toBe('unreadable');
  });

  it('follows the events when the list of runs is behind them', () => {
    expect(phaseOf(until('ended'), true, 'running')).toBe('done');
    expect(phaseOf(until('flow'), true, undefined)).toBe('under-way');
    expect(isLive(phaseOf(until('ended'), false, 'running'))).toBe(false);
  });
});

describe('steps of a run', () => {
  it('are those taken, the one under way, and those to come', () => {
    expect(stepsOf(until('step-began', 'flow')).map(({ id, state }) => `${id} ${state}`)).toEqual([
      'connect done',
      'probe done',
      'flow doing',
      'trace waiting',
      'diagnose waiting',
      'after waiting',
    ]);
    expect(stepsOf(until('ended')).every(({ state }) => state === 'done')).toBe(true);
  });
});

describe('long output in pieces', () => {
  it('loses nothing but the line ends between pieces', () => {
    const lines = Array.from({ length: 5000 }, (_, n) => `line ${n}`);
    const parts = pieces(`${lines.join('\n')}\n`);
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.flatMap((part) => part.split('\n'))).toEqual(lines);
  });

  it('cuts a line without end anywhere', () => {
    const text = 'x'.repeat(100_001);
    expect(pieces(text).join('')).toBe(text);
    expect(Math.max(...pieces(text).map((part) => part.length))).toBeLessThan(10_000);
  });
});
