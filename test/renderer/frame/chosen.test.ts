import { describe, expect, it } from 'vitest';
import { chosenOf, firstSelection, isThere } from '../../../renderer/frame/chosen.ts';
import { machine, off, run, SAMPLE, trouble } from './fixtures.ts';

const web = machine('web');
const barred = machine('barred', { reach: { ok: false, trouble: trouble('vm-no-forward') } });

describe('what is selected at the start', () => {
  it('is the first running machine that can be reached', () => {
    const machines = [off('old'), barred, web, SAMPLE];
    expect(firstSelection({ machines, runs: [run('sample', 1)] })).toEqual({ machine: 'vm:web' });
  });

  it('is a running machine that can’t be reached before any run of the past: it tells what to do', () => {
    expect(firstSelection({ machines: [barred, SAMPLE], runs: [run('sample', 1)] })).toEqual({
      machine: 'vm:barred',
    });
  });

  it('is the machine of the newest run when none is running', () => {
    const machines = [off('old'), SAMPLE];
    const runs = [run('vm:old', 1), run('sample', 3), run('vm:old', 2)];
    expect(firstSelection({ machines, runs })).toEqual({ machine: 'sample' });
  });

  it('is the newest run itself when its machine is gone', () => {
    const newest = run('vm:gone', 5);
    expect(firstSelection({ machines: [off('old'), SAMPLE], runs: [newest] })).toEqual({ run: newest.id });
  });

  it('is nothing when there is only the sample', () => {
    expect(firstSelection({ machines: [SAMPLE], runs: [] })).toEqual({});
  });
});

describe('what a selection stands for', () => {
  const runs = [run('vm:web', 1), run('vm:web', 4), run('vm:web', 2, { state: 'running' })];
  const lists = { machines: [web, SAMPLE], runs };

  it('is, of a machine, its newest run', () => {
    const { machine: shown, run: newest, live } = chosenOf(lists, { machine: 'vm:web' });
    expect(shown?.name).toBe('web');
    expect(newest?.at).toBe('2026-11-04T08:00:00Z');
    expect(live?.at).toBe('2026-11-02T08:00:00Z');
  });

  it('is, of a run, that run with its machine', () => {
    const chosen = chosenOf(lists, { run: runs[0]?.id ?? '' });
    expect(chosen.run).toBe(runs[0]);
    expect(chosen.machine).toBe(web);
  });

  it('is no run for a machine that was never diagnosed', () => {
    expect(chosenOf(lists, { machine: 'sample' }).run).toBeUndefined();
  });

  it('is not there once machine or run are gone', () => {
    expect(isThere(lists, { machine: 'vm:web' })).toBe(true);
    expect(isThere(lists, { machine: 'vm:other' })).toBe(false);
    expect(isThere(lists, { run: 'other' })).toBe(false);
    expect(isThere(lists, {})).toBe(false);
  });
});
