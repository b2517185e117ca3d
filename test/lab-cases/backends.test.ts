import { beforeAll, describe, expect, it } from 'vitest';
import { type Lab, labUp } from '../lab/lab.ts';
import { breakOff, moments, WAYS, type Way } from './break-off.ts';
import { diagnoseLab } from './cli.ts';
import { guestState, untilClean } from './state.ts';
import { describeLab } from './suite.ts';

const CLEAN = { rules: [], sysctls: [], interfaces: [], processes: [] };

/** A guest as it is after `reset`, or with Docker in iptables-legacy. */
type Base = 'plain' | 'legacy';

interface Expected {
  suite: string;
  base: Base;
  fault: string;
  /** Asked for; otherwise the guest's own best. */
  forced?: string;
  backend: string;
  /** The fatal rule's place. */
  where: { table: string; chain: string; backend: 'nft' | 'legacy' };
}

const DOCKER_USER = { table: 'filter', chain: 'DOCKER-USER' };
const RAW = { table: 'raw', chain: 'PREROUTING' };

const EXPECTED: readonly Expected[] = [
  // Both worlds at once: Docker's rules in nf_tables, the fatal one in iptables-legacy
  {
    suite: 'bookworm',
    base: 'plain',
    fault: 'ipt-legacy-rule-drop',
    backend: 'nft-table',
    where: { table: 'filter', chain: 'FORWARD', backend: 'legacy' },
  },
  {
    suite: 'bookworm',
    base: 'plain',
    fault: 'ipt-docker-user-drop',
    forced: 'xtables-monitor',
    backend: 'xtables-monitor',
    where: { ...DOCKER_USER, backend: 'nft' },
  },
  {
    suite: 'bullseye',
    base: 'plain',
    fault: 'ipt-docker-user-drop',
    backend: 'nft-table',
    where: { ...DOCKER_USER, backend: 'nft' },
  },
  {
    suite: 'bullseye',
    base: 'plain',
    fault: 'ipt-raw-prerouting-drop',
    forced: 'xtables-monitor',
    backend: 'xtables-monitor',
    where: { ...RAW, backend: 'nft' },
  },
  {
    suite: 'bullseye',
    base: 'plain',
    fault: 'ipt-legacy-rule-drop',
    backend: 'nft-table',
    where: { table: 'filter', chain: 'FORWARD', backend: 'legacy' },
  },
  {
    suite: 'bullseye',
    base: 'legacy',
    fault: 'ipt-docker-user-drop',
    forced: 'legacy-trace',
    backend: 'legacy-trace',
    where: { ...DOCKER_USER, backend: 'legacy' },
  },
  {
    suite: 'bullseye',
    base: 'legacy',
    fault: 'ipt-raw-prerouting-drop',
    forced: 'legacy-trace',
    backend: 'legacy-trace',
    where: { ...RAW, backend: 'legacy' },
  },
];

async function machine({ suite, base }: Pick<Expected, 'suite' | 'base'>): Promise<Lab> {
  const lab = await labUp(suite);
  await lab.reset();
  if (base === 'legacy') await lab.base('legacy');
  return lab;
}

describeLab('ways of tracing', () => {
  it.each(EXPECTED)('$suite, $base, $fault: $backend finds the rule', async (expected) => {
    const lab = await machine(expected);
    await lab.fault(expected.fault);
    const forced = expected.forced ? ['--trace-backend', expected.forced] : [];
    const { run } = await diagnoseLab(lab, forced);
    expect(run.tracer?.backend).toBe(expected.backend);
    const [root] = run.causes;
    expect(['netfilter-drop', 'docker-user-drop']).toContain(root?.id);
    expect(root).toMatchObject({ grade: 'traced', where: expected.where });
    expect(root?.where?.rule).toMatch(/drop/i);
    expect(run.residue).toMatchObject(CLEAN);
  });
});

describeLab('LOG rules', () => {
  it('tell how far the packet got, and name no rule', async () => {
    const lab = await machine({ suite: 'bookworm', base: 'plain' });
    await lab.fault('ipt-docker-user-drop');
    const { run } = await diagnoseLab(lab, ['--trace-backend', 'log']);
    expect(run.tracer?.backend).toBe('log');
    expect(run.verdict).toBe('cannot-tell');
    expect(run.causes).toEqual([]);
    const lost = run.journeys.find(({ end }) => end === 'lost');
    expect(lost).toMatchObject({
      last: { hook: 'forward' },
      suspects: [{ table: 'filter', chain: 'FORWARD' }],
    });
    expect(run.says).toContain('ip filter FORWARD (0)');
    expect(run.residue).toMatchObject(CLEAN);
  });
});

describe('what they leave when a run is broken off', () => {
  describeLab.each([
    { suite: 'bullseye', base: 'plain', backend: 'nft-table' },
    { suite: 'bullseye', base: 'plain', backend: 'xtables-monitor' },
    { suite: 'bullseye', base: 'legacy', backend: 'legacy-trace' },
  ] as const)('$suite, $base, $backend', ({ suite, base, backend }) => {
    let lab: Lab;
    let before: string[];
    let runMs: number;
    const forced = ['--trace-backend', backend];
    beforeAll(async () => {
      lab = await machine({ suite, base });
      await lab.fault('ipt-docker-user-drop');
      await lab.ssh(`echo ${lab.password} | sudo -S -p '' true`, { user: 'dev' });
      before = await guestState(lab);
      runMs = (await diagnoseLab(lab, forced)).ms;
    });

    it('nothing, when it ran to its end', async () => {
      expect((await untilClean(lab, before, WAYS.kill.limitMs)).left).toEqual([]);
    });

    it.each(Object.keys(WAYS) as Way[])('nothing (%s)', async (way) => {
      for (const after of moments(3, runMs)) {
        const result = await breakOff(lab, way, after, before, forced);
        expect(result.left, `broken off after ${result.after} ms`).toEqual([]);
      }
    });
  });
});
