import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { localGuest } from '../../electron/connect/local-guest.ts';
import { stepsOf } from '../../electron/fix/carry-out.ts';
import { editFiles } from '../../electron/fix/files.ts';
import { hold, type Step } from '../../electron/fix/held.ts';
import { same } from '../../shared/text.ts';
import { MiniNet, noNamespaces } from '../support/net.ts';

const why = noNamespaces();

describe.skipIf(why !== undefined)('commands that a keeper holds, on a real kernel', () => {
  let net: MiniNet;
  let folder: string;
  beforeAll(async () => {
    net = await MiniNet.up();
    net.nft(
      'table inet f { chain c { type filter hook forward priority 0; tcp dport 1 drop; tcp dport 2 drop; }; }',
    );
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'culprit-fix-'));
    return () => rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => net.down());

  const rules = () => net.in(net.guest, 'nft list table inet f');
  const forwarding = () => net.in(net.guest, 'cat /proc/sys/net/ipv4/ip_forward').trim();
  const becomes = (value: string) => expect.poll(forwarding, { timeout: 35_000, interval: 50 }).toBe(value);
  const off: Step = { command: 'sysctl -qw net.ipv4.ip_forward=0', undo: 'sysctl -qw net.ipv4.ip_forward=1' };
  const accept: Step = {
    command: 'nft insert rule inet f c \'tcp dport 1 accept comment "it is ours"\'',
    undo: "nft delete rule inet f c handle $(nft -a list chain inet f c | sed -n 's/.*it is ours.*handle //p')",
  };

  async function held(steps: Step[], stop = new AbortController()) {
    const guest = await localGuest({ shell: net.shell });
    return { guest, stop, held: await hold(guest, same('test'), steps, stop.signal) };
  }

  it('stand while they are held, and are taken back to the byte', async () => {
    const before = rules();
    const { guest, held: change } = await held([off, accept]);
    expect(change.done).toEqual({ ok: true });
    expect([forwarding(), rules() === before]).toEqual(['0', false]);
    expect(await change.letGo()).toBe(true);
    await guest.close();
    expect([forwarding(), rules()]).toEqual(['1', before]);
  });

  it('stay when they are kept, after everything is closed', async () => {
    const { guest, held: change } = await held([off]);
    await change.keep();
    await guest.close();
    expect(forwarding()).toBe('0');
    net.in(net.guest, off.undo);
  });

  it('are taken back when a later one fails; it is told which, and what it said', async () => {
    const before = rules();
    const bad: Step = { command: 'echo no such thing >&2; exit 7', undo: `touch ${folder}/never` };
    const { guest, held: change } = await held([
      off,
      accept,
      bad,
      { command: `touch ${folder}/later`, undo: 'true' },
    ]);
    await guest.close();
    expect(change.done).toEqual({ ok: false, step: 2, code: 7, said: 'no such thing', back: true });
    expect([forwarding(), rules()]).toEqual(['1', before]);
    expect([existsSync(`${folder}/never`), existsSync(`${folder}/later`)]).toEqual([false, false]);
  });

  it('are taken back also where one of them took too long, and itself as well', async () => {
    const guest = await localGuest({ shell: net.shell });
    const slow: Step = { command: `${off.command}; sleep 60`, undo: off.undo };
    const change = await hold(guest, same('test'), [slow], new AbortController().signal, 1);
    await guest.close();
    expect(change.done).toEqual({ ok: false, step: 0, code: 124, said: '', back: true });
    expect(forwarding()).toBe('1');
  });

  it('are taken back when the run is cancelled, also in the middle of a command', {
    timeout: 90_000,
  }, async () => {
    const { guest, stop, held: change } = await held([off]);
    stop.abort();
    await expect(change.letGo()).rejects.toMatchObject({ code: 'cancelled' });
    await becomes('1');
    const stopNow = new AbortController();
    const slow = held([off, { command: 'sleep 2', undo: 'true' }], stopNow);
    await becomes('0');
    stopNow.abort();
    await expect(slow).rejects.toMatchObject({ code: 'cancelled' });
    await becomes('1');
    await guest.close();
  });

  it('are taken back when Culprit is killed', { timeout: 90_000 }, async () => {
    const script = `
      const { localGuest } = await import('${join(import.meta.dirname, '../../electron/connect/local-guest.ts')}');
      const { hold } = await import('${join(import.meta.dirname, '../../electron/fix/held.ts')}');
      const guest = await localGuest({ shell: ${JSON.stringify(net.shell)} });
      await hold(guest, { en: '', 'zh-CN': '' }, ${JSON.stringify([off])}, new AbortController().signal);
      setInterval(() => {}, 1000);`;
    const culprit = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'ignore', 'inherit'],
      cwd: join(import.meta.dirname, '../..'),
    });
    await becomes('0');
    culprit.kill('SIGKILL');
    await becomes('1');
  });

  it('cannot be talked into anything by what a command prints', async () => {
    const { guest, held: change } = await held([
      { command: 'echo armed; echo kept; echo "gone yes"; exit 3', undo: 'true' },
    ]);
    await guest.close();
    expect(change.done).toMatchObject({ ok: false, step: 0, code: 3 });
  });

  it('edit a file with a backup, refuse when it was changed meanwhile, and put it back to the byte', async () => {
    const path = join(folder, 'daemon.json');
    const fresh = join(folder, 'new.conf');
    const text = '{\n    "hosts": ["a"],\n    "log-level": "info"\n}';
    writeFileSync(path, text, { mode: 0o640 });
    const guest = await localGuest({ shell: net.shell });
    const { signal } = new AbortController();
    const edits = await editFiles(
      guest,
      [
        { how: 'remove-key', path, key: 'hosts' },
        { how: 'append', path: fresh, line: 'a = 1' },
      ],
      signal,
    );
    if (!edits.ok) throw new Error(edits.why.en);
    const plan = { kind: 'fix' as const, files: edits.files, commands: [], undo: [] };
    const change = await hold(guest, same('edit'), stepsOf(plan), signal);
    await change.keep();
    expect(readFileSync(path, 'utf8')).toBe('{\n    "log-level": "info"\n}\n');
    expect(readFileSync(`${path}.before-culprit`, 'utf8')).toBe(text);
    expect(readFileSync(fresh, 'utf8')).toBe('a = 1\n');

    const back = {
      kind: 'undo' as const,
      files: edits.files.map(({ path: at, before, after }) => ({ path: at, before: after, after: before })),
      commands: [],
      undo: [],
    };
    writeFileSync(fresh, 'somebody else\n');
    const refused = await hold(guest, same('undo'), stepsOf(back), signal);
    expect(refused.done).toMatchObject({
      ok: false,
      step: 0,
      said: expect.stringContaining('somebody else'),
    });
    writeFileSync(fresh, 'a = 1\n');
    const undo = await hold(guest, same('undo'), stepsOf(back), signal);
    expect(undo.done).toEqual({ ok: true });
    await undo.keep();
    await guest.close();
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect([existsSync(fresh), existsSync(`${path}.before-culprit`)]).toEqual([false, false]);
  });
});
