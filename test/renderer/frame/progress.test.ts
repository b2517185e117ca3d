import { describe, expect, it } from 'vitest';
import { progressOf } from '../../../renderer/frame/progress.ts';

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
});
