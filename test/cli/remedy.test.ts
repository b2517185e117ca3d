import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { consentOn, planLines } from '../../electron/cli/consent.ts';
import { keepRun, keptRun } from '../../electron/cli/kept-runs.ts';
import { main } from '../../electron/cli/main.ts';
import { readOptions } from '../../electron/cli/options.ts';
import type { RemedyPlan } from '../../shared/remedy.ts';
import { same } from '../../shared/text.ts';
import { fakeIo } from '../support/fake-io.ts';

const PLAN: RemedyPlan = {
  kind: 'fix',
  cause: 'ip-forward-off',
  at: 0,
  title: same('Switch forwarding on'),
  warning: same('find what \u001b[31mset it'),
  files: [{ path: '/etc/sysctl.d/x.conf', before: 'a = 1\n', after: 'a = 1\nnet.ipv4.ip_forward = 1\n' }],
  commands: ['sysctl -w net.ipv4.ip_forward=1'],
  undo: ['sysctl -w net.ipv4.ip_forward=0'],
  flows: ['a', 'b'],
};
const quiet = {
  show: () => undefined,
  say: () => undefined,
  hold: () => () => undefined,
  close: () => undefined,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'culprit-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('what is asked on the terminal', () => {
  it('shows each command, its undo and the lines that change, and nothing that acts', () => {
    const text = planLines(PLAN, 'en').join('\n');
    for (const line of [
      '  sysctl -w net.ipv4.ip_forward=1',
      '  sysctl -w net.ipv4.ip_forward=0',
      '    a = 1',
      '  + net.ipv4.ip_forward = 1',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).not.toContain('\u001b');
  });

  it.each([
    ['y\n', true],
    ['是\n', true],
    ['n\n', false],
    ['\n', false],
    ['yesterday\n', false],
  ])('takes %j for %s', async (typed, agreed) => {
    const io = { ...fakeIo(), stdin: new PassThrough() as unknown as NodeJS.ReadStream };
    const { signal } = new AbortController();
    const answer = consentOn(io, { yes: false, lang: 'en' }, quiet, signal)(PLAN);
    io.stdin.push(typed);
    expect(await answer).toBe(agreed);
    expect(io.stderr.text).toContain('May Culprit do that?');
  });

  it('is cancelled by Ctrl-C while it waits', async () => {
    const io = { ...fakeIo(), stdin: new PassThrough() as unknown as NodeJS.ReadStream };
    const stop = new AbortController();
    const answer = consentOn(io, { yes: false, lang: 'en' }, quiet, stop.signal)(PLAN);
    stop.abort();
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('the command line', () => {
  it.each([
    ['--trial', ['--trial']],
    ['--fix', ['--fix', 'x/1']],
    ['--undo', ['--undo', '20261126T100357Z-aa50c596']],
  ])(
    '%s is refused without a terminal and without --yes, before anything is touched',
    async (option, args) => {
      const io = fakeIo({ CULPRIT_DATA: folder });
      expect(await main(['--local', ...args], io)).toBe(3);
      expect(io.stderr.text).toContain(`${option} changes the VM and asks before it does`);
    },
  );

  it('takes one of them at a time, and --yes only with one', () => {
    expect(() => readOptions(['--local', '--trial', '--fix', 'x'])).toThrow(/bad-usage/);
    expect(() => readOptions(['--local', '--yes'])).toThrow(/bad-usage/);
    expect(() => readOptions(['--sample', '--trial'])).toThrow(/bad-usage/);
    expect(readOptions(['--local', '--fix', 'x/2', '--yes'])).toMatchObject({
      remedy: { kind: 'fix', id: 'x/2' },
      yes: true,
    });
  });

  it.each(['../../etc/passwd', '20261126T100357Z-aa50c596', 'x'])('knows no run %s', async (id) => {
    const io = fakeIo({ CULPRIT_DATA: folder });
    expect(await main(['--local', '--undo', id, '--yes'], io)).toBe(3);
    expect(io.stdout.text).toBe('');
  });

  it('refuses to take a fix back on another machine, and where there was none', async () => {
    const kept = await keepRun({ CULPRIT_DATA: folder }, { id: 'vm-1', name: 'shop' }, () => undefined);
    const machine = { kind: 'virtualbox', id: 'vm-1', name: 'shop' };
    const at = new Date().toISOString();
    kept.emit({ t: 0, type: 'started', schema: 'culprit.run/1', culprit: '0', at, machine, targets: [] });
    kept.emit({ t: 1, type: 'remedy', plan: PLAN });
    const stands = { checked: true, lines: ['+ a'], counts: [1] };
    kept.emit({ t: 1, type: 'remedy-stands', change: stands });
    await kept.recorded();
    expect((await keptRun({ CULPRIT_DATA: folder }, kept.id)).remedies).toEqual([{ plan: PLAN, stands }]);
    const undo = async () => {
      const io = fakeIo({ CULPRIT_DATA: folder });
      const code = await main(['--local', '--undo', kept.id, '--yes'], io);
      return [code, io.stderr.text] as const;
    };
    expect(await undo()).toEqual([3, expect.stringContaining('fixed “shop”, and this is “this computer”')]);
    kept.emit({ t: 2, type: 'remedy-ended', outcome: 'rolled-back', says: same(''), flows: [] });
    await kept.close();
    expect(await undo()).toEqual([3, expect.stringContaining('has no fix that stands')]);
  });
});
