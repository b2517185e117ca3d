import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MachineState } from '../electron/explain-loss.ts';
import { reportMarkdown } from '../electron/report/markdown.ts';
import { toldRun } from '../electron/told-run.ts';
import type { RunEvent } from '../shared/run.ts';
import { runJson } from '../shared/run-json.ts';
import { LANGS } from '../shared/text.ts';
import { Trouble, type TroubleFacts } from '../shared/trouble.ts';
import type { VmNote } from '../shared/vm-note.ts';
import { vmNoteText } from '../shared/vm-note-text.ts';

const machine = { kind: 'virtualbox', id: 'u', name: 'shop' };
const quiet = () => undefined;
const lost = (facts: TroubleFacts['connection-lost'] = { why: 'silent' }) => {
  throw new Trouble('connection-lost', facts);
};

/** The run whose connection is lost while VirtualBox says this of the machine. */
function lostRun(machineState: MachineState, signal = new AbortController().signal) {
  return toldRun({ machine, targets: [], machineState }, quiet, signal, async () => lost());
}
const troubles = async (run: ReturnType<typeof toldRun>) => (await run).troubles.map(({ says }) => says.en);

describe('a run whose connection is lost', () => {
  it.each([
    ['paused', /was paused during the run: VirtualBox says “paused”.*Resume it/s],
    ['poweroff', /went off during the run: VirtualBox says “poweroff”.*Start it/s],
    ['aborted', /went off during the run: VirtualBox says “aborted”/],
    ['running', /stopped answering/],
    [undefined, /stopped answering/],
  ])('says what VirtualBox knows of it (%s)', async (state, says) => {
    const run = lostRun(async () => state);
    expect((await run).ended?.how).toBe('failed');
    expect(await troubles(run)).toEqual([expect.stringMatching(says)]);
  });

  it('is stopped when it is stopped while VirtualBox is asked', async () => {
    const stop = new AbortController();
    const run = lostRun(async () => {
      stop.abort();
      throw new Trouble('cancelled');
    }, stop.signal);
    expect((await run).ended?.how).toBe('cancelled');
  });

  it('asks nothing when something else went wrong', async () => {
    const machineState = vi.fn(async () => 'paused');
    const run = toldRun({ machine, targets: [], machineState }, quiet, new AbortController().signal, () => {
      throw new Trouble('no-session', { detail: 'x' });
    });
    expect((await run).troubles[0]?.code).toBe('no-session');
    expect(machineState).not.toHaveBeenCalled();
  });
});

describe('a computer that sleeps', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A run in which the clock jumps, and what happens then. */
  function sleptRun(ms: number, then: () => void) {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    return toldRun({ machine, targets: [] }, quiet, new AbortController().signal, async () => {
      vi.setSystemTime(Date.now() + ms);
      then();
    });
  }

  it('is told in the run, with what it may have done to it', async () => {
    const run = await sleptRun(600_000, () => vi.advanceTimersByTime(1000));
    expect(run.remarks).toMatchObject([
      { code: 'slept', says: { en: expect.stringContaining('slept for 600 s') } },
    ]);
    expect(run.ended?.how).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is the reason when the connection is lost before anybody looked at the clock', async () => {
    const run = await sleptRun(600_000, lost);
    expect(run.troubles[0]?.says.en).toMatch(/slept during the run \(599 s\)/);
  });

  it('is not made of a computer that is only busy', async () => {
    const run = await sleptRun(5000, () => {
      vi.advanceTimersByTime(1000);
      lost();
    });
    expect(run.remarks).toEqual([]);
    expect(run.troubles[0]?.says.en).toMatch(/stopped answering/);
  });
});

describe('what VirtualBox has wrong with the machine', () => {
  const note: VmNote = { code: 'port-taken', facts: { port: 2222, by: ['<img>|x'] } };
  const { what, next, source } = vmNoteText(note);
  const told = async () => {
    const events: RunEvent[] = [];
    const head = { machine, targets: [], notes: [note] };
    const signal = new AbortController().signal;
    const run = await toldRun(
      head,
      (event) => events.push(event),
      signal,
      async () => undefined,
    );
    return { run, events };
  };

  it('is told before anything is connected to', async () => {
    const { events } = await told();
    expect(events.map(({ type }) => type)).toEqual(['started', 'remark', 'ended']);
  });

  it('is in the report and in the JSON, in each language, made inert', async () => {
    const { run } = await told();
    for (const lang of LANGS) {
      const report = reportMarkdown(run, lang);
      expect(report).toContain(source);
      expect(report).toContain(next[lang].slice(0, 12));
      expect(report).not.toContain('<img>');
      expect(runJson(run, lang).remarks).toEqual([
        { code: 'port-taken', says: what[lang], next: next[lang] },
      ]);
    }
  });
});
