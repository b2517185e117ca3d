import { describe, expect, it } from 'vitest';
import { progressOf } from '../../../renderer/frame/progress.ts';
import type { RemedyKind } from '../../../shared/remedy.ts';
import { RUN_SCHEMA, type RunEvent } from '../../../shared/run.ts';
import { plannedSteps } from '../../../shared/steps.ts';

describe('the progress of a run', () => {
  it('begins with connecting', () => {
    expect(progressOf({ steps: [] })).toEqual({ step: 'connect', over: 0, of: 6 });
  });

  it('names the step under way and counts those that are over', () => {
    const steps = [
      { id: 'discover' as const, began: 0, ms: 3 },
      { id: 'connect' as const, began: 3, ms: 200 },
      { id: 'before' as const, began: 210, ms: 40 },
      { id: 'probe' as const, began: 260, ms: 900 },
      { id: 'flow' as const, began: 1200 },
    ];
    expect(progressOf({ steps })).toEqual({ step: 'flow', over: 2, of: 6 });
  });

  it('counts the steps of what was ordered', () => {
    const started = (remedy: RemedyKind): RunEvent & { type: 'started' } => ({
      t: 0,
      type: 'started',
      schema: RUN_SCHEMA,
      culprit: '0',
      at: '2026-01-01T00:00:00Z',
      machine: { kind: 'ssh', id: 'x', name: 'x' },
      targets: [],
      remedy,
    });
    const steps = [{ id: 'connect' as const, began: 0, ms: 3 }];
    expect(progressOf({ started: started('undo'), steps })).toMatchObject({ over: 1, of: 2 });
    expect(progressOf({ started: started('fix'), steps })).toMatchObject({ over: 1, of: 7 });
    expect(plannedSteps({ started: started('trial') }).slice(-2)).toEqual(['trial', 'after']);
    expect(plannedSteps({ started: started('fix') }).slice(-2)).toEqual(['after', 'fix']);
  });
});
