import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../../renderer/frame/sidebar/groups.ts';
import type { MachineItem, RunItem } from '../../../shared/app-state.ts';
import { machine, off, run, SAMPLE } from './fixtures.ts';

const wording = {
  nameOf: ({ kind, name }: MachineItem) => (kind === 'sample' ? 'Recorded VM' : name),
  saysOf: ({ says }: RunItem) => says?.en ?? '',
};
const host = machine('build-box', {
  id: 'ssh:00000001',
  kind: 'ssh',
  reach: { ok: true, at: 'build.local:22' },
});
const machines = [off('web-10'), off('web-9'), machine('zeta'), machine('Alpha'), host, SAMPLE];
const names = (list: MachineItem[]) => list.map(({ name }) => name);

describe('the sidebar’s groups', () => {
  it('have running machines first, then by name as people count', () => {
    const { virtualbox, ssh, sample } = groupsOf({ machines, runs: [] }, '', wording);
    expect(names(virtualbox)).toEqual(['Alpha', 'zeta', 'web-9', 'web-10']);
    expect(names(ssh)).toEqual(['build-box']);
    expect(sample).toEqual([SAMPLE]);
  });

  it('keep what matches every typed word, in any case, by name or address', () => {
    expect(names(groupsOf({ machines, runs: [] }, ' WEB  10', wording).virtualbox)).toEqual(['web-10']);
    expect(names(groupsOf({ machines, runs: [] }, 'build.local', wording).ssh)).toEqual(['build-box']);
    expect(groupsOf({ machines, runs: [] }, 'recorded', wording).sample).toEqual([SAMPLE]);
  });

  it('have the newest runs first, found by what they say', () => {
    const says = { en: 'firewalld rejects docker0', 'zh-CN': '' };
    const runs = [run('a', 1), run('b', 3, { says }), run('c', 2)];
    const all = groupsOf({ machines, runs }, '', wording).runs;
    expect(all.map(({ machineName }) => machineName)).toEqual(['b', 'c', 'a']);
    const found = groupsOf({ machines, runs }, 'docker0', wording).runs;
    expect(found.map(({ machineName }) => machineName)).toEqual(['b']);
  });

  it('list a hundred runs and say how many more there are', () => {
    const runs = Array.from({ length: 130 }, (_, at) => run('a', 1, { id: String(at).padStart(4, '0') }));
    const groups = groupsOf({ machines, runs }, '', wording);
    expect(groups.runs).toHaveLength(100);
    expect(groups.runs[0]?.id).toBe('0129');
    expect(groups.moreRuns).toBe(30);
  });
});
