import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { localGuest } from '../../electron/connect/local-guest.ts';
import { trialOf } from '../../electron/fix/trial.ts';
import { measureFlows } from '../../electron/flow/measure.ts';
import { doRemedy, doUndo } from '../../electron/remedy.ts';
import type { Cause } from '../../shared/cause.ts';
import type { FlowResult } from '../../shared/flow.ts';
import type { GuestChange, RemedyPlan } from '../../shared/remedy.ts';
import { applyEvents, emptyRun } from '../../shared/run.ts';
import { same } from '../../shared/text.ts';
import type { Journey, RulePlace } from '../../shared/trace.ts';
import { undoOf } from '../../shared/undo-plan.ts';
import { miniFlow } from '../support/mini-trace.ts';
import { MiniNet, noNamespaces } from '../support/net.ts';

const why = noNamespaces();
const { signal } = new AbortController();

describe.skipIf(why !== undefined)('trials, fixes and undos on real packets', () => {
  let net: MiniNet;
  let before: FlowResult[];
  let healthy: string;
  beforeAll(async () => {
    net = await MiniNet.up();
    net.nft(
      'table inet guard { chain forward { type filter hook forward priority 5; ct state new tcp dport 9 drop; }; }',
    );
    healthy = state();
    net.in(net.guest, 'echo 0 >/proc/sys/net/ipv4/ip_forward');
    before = [{ ...miniFlow(net).spec, outcome: 'timeout', ms: 1, detail: '' }];
  });
  afterEach(() => net.in(net.guest, 'echo 0 >/proc/sys/net/ipv4/ip_forward'));
  afterAll(() => net.down());

  const state = () => net.in(net.guest, 'nft list ruleset; cat /proc/sys/net/ipv4/ip_forward');
  const forward: RemedyPlan = {
    kind: 'trial',
    cause: 'ip-forward-off',
    at: 0,
    title: same('Forward'),
    files: [],
    commands: ['sysctl -qw net.ipv4.ip_forward=1'],
    undo: ['sysctl -qw net.ipv4.ip_forward=0'],
    flows: ['c→i'],
  };

  async function remedied(plan: RemedyPlan, yes = true) {
    const guest = await localGuest({ shell: net.shell });
    const told: string[] = [];
    const stood: GuestChange[] = [];
    const tryFlows = () =>
      measureFlows(guest, [miniFlow(net)], {
        hasBash: true,
        tryFromMac: () => Promise.reject(new Error('no Mac here')),
        signal,
        onResult: () => undefined,
        commandId: () => '',
      });
    const end = await doRemedy(guest, plan, {
      consent: async () => {
        told.push(state());
        return yes;
      },
      tryFlows,
      tryAnew: tryFlows,
      stands: async (change) => void stood.push(change),
      before,
      signal,
    });
    await guest.close();
    return { end, told, stood };
  }

  async function undone(plan: RemedyPlan, { end, stood }: Awaited<ReturnType<typeof remedied>>) {
    const run = applyEvents(emptyRun(), [
      { t: 0, type: 'remedy', plan },
      ...stood.map((change) => ({ t: 1, type: 'remedy-stands' as const, change })),
      { t: 1, type: 'remedy-ended', ...end },
    ]);
    const undo = undoOf(run, 'r1');
    if (!undo) return undefined;
    const guest = await localGuest({ shell: net.shell });
    const result = await doUndo(guest, undo.plan, undo.fixed, { consent: async () => true, signal });
    await guest.close();
    return result;
  }

  it('a trial works, breaks again when it is taken back, and so confirms', async () => {
    const was = state();
    const { end } = await remedied(forward);
    expect(end).toMatchObject({
      outcome: 'confirmed',
      flows: [{ id: 'c→i', before: 'timeout', during: 'ok', after: 'timeout' }],
      change: { checked: true, lines: [] },
    });
    expect(state()).toBe(was);
  });

  it.each([
    [{}, '1 of 1 flows still fails'],
    [{ containersRestart: true as const }, 'docker restart c)'],
  ])('a fix after which a container fails says what is left to do (%o)', async (more, said) => {
    const nothing = { kind: 'fix' as const, commands: ['true'], undo: ['true'], ...more };
    const { end } = await remedied({ ...forward, ...nothing });
    expect(end.outcome).toBe('not-fixed');
    expect(end.says.en).toContain(said);
  });

  it('a trial of something else confirms nothing', async () => {
    const other = { commands: ['nft add table inet other'], undo: ['nft delete table inet other'] };
    const { end } = await remedied({ ...forward, ...other });
    expect(end.outcome).toBe('not-confirmed');
  });

  it.each<[string, string, string, Partial<RulePlace>]>([
    [
      'a rule of nft',
      'nft "table inet bad { chain forward { type filter hook forward priority 9; ip daddr 203.0.113.10 drop; }; }"',
      'nft delete table inet bad',
      { family: 'inet', table: 'bad', chain: 'forward', baseChain: 'forward', rule: 'drop' },
    ],
    [
      'a policy of iptables',
      'iptables -P FORWARD DROP',
      'iptables -P FORWARD ACCEPT; nft delete table ip filter',
      { family: 'ip', table: 'filter', chain: 'FORWARD', baseChain: 'FORWARD', policy: true },
    ],
  ])('an accept before %s confirms what no fix is known for', async (_, fault, mend, place) => {
    net.in(net.guest, `echo 1 >/proc/sys/net/ipv4/ip_forward; ${fault}`);
    const was = state();
    const where = {
      hook: 'forward',
      rule: 'policy drop',
      policy: false,
      backend: 'nft',
      ...place,
    } as RulePlace;
    const packet = { src: '172.17.0.2', dst: '203.0.113.10', proto: 'tcp' };
    const stop = { family: where.family, table: where.table, baseChain: where.baseChain, hook: 'forward' };
    const journey: Journey = {
      id: 'j1',
      flowId: 'c→i',
      direction: 'request',
      packet,
      stops: [{ ...stop, packet, rules: [], verdict: 'drop', policy: where.policy }],
      end: 'dropped',
      at: where,
    };
    const cause: Cause = {
      id: 'netfilter-drop',
      title: same('x'),
      says: same('x'),
      grade: 'traced',
      where,
      evidence: [],
      fixes: [],
      explains: ['c→i'],
    };
    const trial = trialOf(cause, [journey]);
    if (!trial) throw new Error('no trial');
    const { end } = await remedied({ ...forward, ...trial });
    expect([end.outcome, end.change?.lines]).toEqual(['confirmed', []]);
    expect(state()).toBe(was);
    net.in(net.guest, mend);
  });

  it('without consent nothing is changed', async () => {
    const was = state();
    const { end, told } = await remedied({ ...forward, kind: 'fix' }, false);
    expect(end).toMatchObject({ outcome: 'declined', flows: [] });
    expect([...told, state()]).toEqual([was, was]);
  });

  it('a fix stays, is on the record before it is kept, and its undo gives back the very state', async () => {
    const was = state();
    const plan = { ...forward, kind: 'fix' as const };
    const done = await remedied(plan);
    const { end } = done;
    expect(end).toMatchObject({ outcome: 'fixed', flows: [{ before: 'timeout', after: 'ok' }] });
    expect(end.change?.lines).toContain('+ /proc/sys/net/ipv4/ip_forward:1');
    expect(done.stood.flatMap(({ lines }) => lines)).toContain('+ /proc/sys/net/ipv4/ip_forward:1');
    expect(state()).toBe(healthy);
    expect(await undone(plan, done)).toMatchObject({ outcome: 'undone', change: { lines: [] } });
    expect(state()).toBe(was);
  });

  it('an undo that no longer fits is refused, and changes nothing', async () => {
    const plan = { ...forward, kind: 'fix' as const };
    const done = await remedied(plan);
    net.in(net.guest, 'echo 0 >/proc/sys/net/ipv4/ip_forward');
    const was = state();
    const refused = await undone(plan, done);
    expect(refused?.outcome).toBe('impossible');
    expect(refused?.says.en).toContain('The guest has changed since that fix');
    expect(state()).toBe(was);
  });

  it('a fix that fails half-way is taken back, and there is nothing to undo', async () => {
    const was = state();
    const plan = {
      ...forward,
      kind: 'fix' as const,
      commands: [...forward.commands, 'nft add rule inet nowhere c drop'],
      undo: ['true', ...forward.undo],
    };
    const done = await remedied(plan);
    const { end } = done;
    expect(end).toMatchObject({ outcome: 'rolled-back', change: { lines: [] } });
    expect(end.says.en).toMatch(/“nft add rule inet nowhere c drop” failed \(exit code 1/);
    expect(state()).toBe(was);
    expect(await undone(plan, done)).toBeUndefined();
  });
});
