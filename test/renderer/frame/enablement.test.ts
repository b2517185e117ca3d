import { describe, expect, it } from 'vitest';
import { enabledCommands } from '../../../renderer/frame/commands/enablement.ts';
import { DEFAULT_SETTINGS } from '../../../shared/app-state.ts';
import { machine, off, run } from './fixtures.ts';

type Situation = Parameters<typeof enabledCommands>[0];

function enabled(situation: Partial<Situation>): Set<string> {
  const runs = situation.run ? [situation.run] : [];
  return new Set(
    enabledCommands({
      app: { runs, prompts: [], settings: DEFAULT_SETTINGS },
      machine: undefined,
      run: undefined,
      live: undefined,
      covered: false,
      starting: false,
      sampleRuns: false,
      ...situation,
    }),
  );
}

describe('what can be done', () => {
  it('is little with nothing selected: nothing to diagnose, export or look at', () => {
    const now = enabled({});
    for (const id of ['settings', 'add-host', 'palette', 'sample']) expect(now).toContain(id);
    for (const id of ['diagnose', 'stop', 'export', 'focus-2', 'focus-9', 'toggle-terminal']) {
      expect(now).not.toContain(id);
    }
  });

  it('is to diagnose a machine that can be reached, and no other', () => {
    expect(enabled({ machine: machine('web') })).toContain('diagnose');
    expect(enabled({ machine: off('web') })).not.toContain('diagnose');
    expect(enabled({ machine: machine('web'), starting: true })).not.toContain('diagnose');
  });

  it('is to stop while a run goes on, and not to begin another or to export half of it', () => {
    const live = run('vm:web', 1, { state: 'running' });
    const now = enabled({ machine: machine('web'), run: live, live });
    expect(now).toContain('stop');
    expect(now).toContain('focus-5');
    for (const id of ['diagnose', 'export', 'copy-report']) expect(now).not.toContain(id);
  });

  it('is to export a run that is over, and to show the report once there is one', () => {
    const done = run('vm:web', 1);
    expect(enabled({ run: done })).toContain('export');
    expect(enabled({ run: done })).not.toContain('reveal');
    expect(enabled({ run: { ...done, exported: '/tmp/report.md' } })).toContain('reveal');
    expect(enabled({ run: { ...done, state: 'cancelled' } })).toContain('export');
    expect(enabled({ run: { ...done, state: 'unreadable' } })).not.toContain('export');
  });

  it('is only to stop while a sheet waits for an answer', () => {
    const live = run('vm:web', 1, { state: 'running' });
    expect([...enabled({ machine: machine('web'), run: live, live, covered: true })]).toEqual(['stop']);
    expect([...enabled({ machine: machine('web'), covered: true })]).toEqual([]);
  });
});
