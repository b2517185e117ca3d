import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Lab, labUp } from '../lab/lab.ts';
import { breakOff, moments, WAYS, type Way } from './break-off.ts';
import { everything } from './cases.ts';
import { diagnoseLab, ONE_TARGET } from './cli.ts';
import { say } from './lab-at.ts';
import { guestState, untilClean } from './state.ts';
import { describeLab, noLab, ONCE } from './suite.ts';

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
  /** Part of every test run, for what differs between guests; all the rest runs with `npm run test:lab:all`. */
  always?: true;
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
  // No owner tables before Linux 5.12
  {
    suite: 'bullseye',
    base: 'plain',
    fault: 'ipt-docker-user-drop',
    backend: 'nft-table',
    where: { ...DOCKER_USER, backend: 'nft' },
    always: true,
  },
  {
    suite: 'bullseye',
    base: 'plain',
    fault: 'ipt-raw-prerouting-drop',
    forced: 'xtables-monitor',
    backend: 'xtables-monitor',
    where: { ...RAW, backend: 'nft' },
    always: true,
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
    always: true,
  },
  {
    suite: 'bullseye',
    base: 'legacy',
    fault: 'ipt-raw-prerouting-drop',
    forced: 'legacy-trace',
    backend: 'legacy-trace',
    where: { ...RAW, backend: 'legacy' },
  },
  {
    suite: 'trixie',
    base: 'plain',
    fault: 'ipt-docker-user-drop',
    backend: 'nft-owner',
    where: { ...DOCKER_USER, backend: 'nft' },
    always: true,
  },
  // xtables-monitor 1.8.11 glues lines of native chains together
  {
    suite: 'trixie',
    base: 'plain',
    fault: 'nft-set-blocklist',
    forced: 'xtables-monitor',
    backend: 'xtables-monitor',
    where: { table: 'blocklist', chain: 'forward', backend: 'nft' },
    always: true,
  },
  {
    suite: 'trixie',
    base: 'legacy',
    fault: 'ipt-docker-user-drop',
    forced: 'legacy-trace',
    backend: 'legacy-trace',
    where: { ...DOCKER_USER, backend: 'legacy' },
    always: true,
  },
];

async function machine({ suite, base }: Pick<Expected, 'suite' | 'base'>): Promise<Lab> {
  const lab = await labUp(suite);
  await lab.reset();
  if (base === 'legacy') await lab.base('legacy');
  return lab;
}

// Images that are not there yet are built side by side, bookworm's too, which the tests after these want: it stays up.
let others: Lab[] = [];
beforeAll(async () => {
  if (noLab !== undefined) return;
  const up = ['bookworm', 'bullseye', 'trixie'].map((suite) => labUp(suite, { say }));
  const [, ...rest] = await Promise.all(up);
  others = rest;
});
afterAll(() => Promise.all(others.map((lab) => lab.down())));

describeLab('ways of tracing', () => {
  it.each(EXPECTED.filter(({ always }) => always || everything))(
    '$suite, $base, $fault: $backend finds the rule',
    async (expected) => {
      const lab = await machine(expected);
      await lab.fault(expected.fault);
      const forced = expected.forced ? ['--trace-backend', expected.forced] : [];
      const { run } = await diagnoseLab(lab, [...ONE_TARGET, ...forced]);
      expect(run.tracer?.backend).toBe(expected.backend);
      const [root] = run.causes;
      expect(['netfilter-drop', 'docker-user-drop']).toContain(root?.id);
      expect(root).toMatchObject({ grade: 'traced', where: expected.where });
      expect(root?.where?.rule).toMatch(/drop/i);
      expect(run.residue).toMatchObject(CLEAN);
    },
  );
});

describeLab('LOG rules', () => {
  const suites = everything ? ['bullseye', 'bookworm', 'trixie'] : ['bullseye'];
  it.each(suites)('tell on %s how far the packet got, and name no rule', async (suite) => {
    const lab = await machine({ suite, base: 'plain' });
    await lab.fault('ipt-docker-user-drop');
    const { run } = await diagnoseLab(lab, [...ONE_TARGET, '--trace-backend', 'log']);
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

/** Where no table has an owner, what ends a trace differs from way to way; `today`: broken off so in every test run. */
const WITHOUT_OWNER: readonly { base: Base; backend: string; today: readonly Way[] }[] = [
  { base: 'plain', backend: 'nft-table', today: ['kill', 'silent'] },
  { base: 'plain', backend: 'xtables-monitor', today: ['reset'] },
  { base: 'plain', backend: 'log', today: ['kill'] },
  { base: 'legacy', backend: 'legacy-trace', today: ['kill', 'reset'] },
];

describeLab.each(WITHOUT_OWNER)('after a run, $backend leaves', ONCE, ({ base, backend, today }) => {
  let lab: Lab;
  let before: string[];
  let runMs: number;
  const forced = ['--trace-backend', backend];
  beforeAll(async () => {
    lab = await machine({ suite: 'bullseye', base });
    await lab.fault('ipt-docker-user-drop');
    // sudo's own time stamp and marker, as on any used machine
    await lab.ssh(`echo ${lab.password} | sudo -S -p '' true`, { user: 'dev' });
    before = await guestState(lab);
    runMs = (await diagnoseLab(lab, [...ONE_TARGET, ...forced])).ms;
  });

  it('nothing, when it ran to its end', async () => {
    expect((await untilClean(lab, before, WAYS.kill.limitMs)).left).toEqual([]);
  });

  it.each(everything ? (Object.keys(WAYS) as Way[]) : today)(
    'nothing, when it is broken off (%s)',
    async (way) => {
      for (const after of moments(everything ? 3 : 1, runMs)) {
        const result = await breakOff(lab, way, after, before, [...ONE_TARGET, ...forced]);
        expect(result.left, `broken off after ${result.after} ms`).toEqual([]);
      }
    },
  );
});
