import { describe, expect, it } from 'vitest';
import { CallFailed, type call } from '../../../renderer/api.ts';
import { HERE, Shells, type Sink, type Size } from '../../../renderer/terminal/shells.ts';
import type { TroubleView } from '../../../shared/app-state.ts';

const SIZE = { cols: 80, rows: 24 };
const TEXT = { en: 'x', 'zh-CN': 'x' };
const GUEST = 'ssh:00000000';

function trouble(code: TroubleView['code']): TroubleView {
  return { code, what: TEXT, meaning: TEXT, next: TEXT };
}

/** A screen that works text off only when told to. */
class Paper implements Sink {
  text = '';
  gone = false;
  now: Size = SIZE;
  readonly shown: Promise<Size>;
  show: () => void = () => {};
  readonly #waiting: (() => void)[] = [];
  constructor() {
    this.shown = new Promise((resolve) => {
      this.show = () => resolve(this.now);
    });
  }
  size(): Size {
    return this.now;
  }
  write(data: string, done: () => void): void {
    this.text += data;
    this.#waiting.push(done);
  }
  workOff(): void {
    for (const done of this.#waiting.splice(0)) done();
  }
  dispose(): void {
    this.gone = true;
  }
}

/** The window's shells, with a main whose answers the test gives. */
function setUp() {
  const asked: [string, unknown][] = [];
  const opened: { resolve(terminal: string): void; reject(error: Error): void }[] = [];
  const ask = ((name: string, input: unknown): Promise<unknown> => {
    asked.push([name, input]);
    if (name !== 'openTerminal') return Promise.resolve();
    return new Promise((resolve, reject) => {
      opened.push({ resolve: (terminal) => resolve({ terminal }), reject });
    });
  }) as typeof call;
  const shells = new Shells<Paper>(ask);
  const papers: Paper[] = [];
  const open = (place: string) =>
    shells.open(place, () => {
      const paper = new Paper();
      papers.push(paper);
      return paper;
    });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const start = async (place: string, terminal: string) => {
    const opening = open(place);
    papers.at(-1)?.show();
    await settled();
    opened.at(-1)?.resolve(terminal);
    await opening;
    const paper = papers.at(-1);
    if (paper === undefined) throw new Error('no screen');
    return paper;
  };
  return { shells, asked, opened, papers, open, start, settled };
}

describe('a shell', () => {
  it('opens once its screen has a size, with that size', async () => {
    const { shells, asked, opened, papers, open, settled } = setUp();
    const opening = open(GUEST);
    await settled();
    expect(asked).toEqual([]);
    expect(shells.at(GUEST)?.state).toBe('opening');
    papers[0]?.show();
    await settled();
    expect(asked).toEqual([['openTerminal', { machine: GUEST, ...SIZE }]]);
    opened[0]?.resolve('t1');
    expect(await opening).toBe('t1');
    expect(shells.at(GUEST)).toMatchObject({ state: 'open', terminal: 't1' });
  });

  it('is opened once, however often it is asked for', async () => {
    const { asked, open, papers, opened, settled } = setUp();
    const both = [open(HERE), open(HERE)];
    papers[0]?.show();
    await settled();
    opened[0]?.resolve('t1');
    expect(await Promise.all([...both, open(HERE)])).toEqual(['t1', 't1', 't1']);
    expect(asked).toEqual([['openTerminal', SIZE]]);
    expect(papers).toHaveLength(1);
  });

  it('counts output as shown only when it was worked off, to the character', async () => {
    const { shells, asked, start } = setUp();
    const paper = await start(HERE, 't1');
    shells.take({ terminal: 't1', data: 'hello' });
    shells.take({ terminal: 't1', data: '网络' });
    expect(paper.text).toBe('hello网络');
    expect(asked.filter(([name]) => name === 'ackTerminal')).toEqual([]);
    paper.workOff();
    expect(asked.filter(([name]) => name === 'ackTerminal').map(([, input]) => input)).toEqual([
      { terminal: 't1', chars: 5 },
      { terminal: 't1', chars: 2 },
    ]);
  });

  it('loses nothing that comes before main has said which shell it is', async () => {
    const { shells, papers, opened, open, settled } = setUp();
    const opening = open(HERE);
    papers[0]?.show();
    await settled();
    shells.take({ terminal: 't1', data: 'prompt' });
    shells.take({ terminal: 't9', data: 'not mine' });
    shells.end({ terminal: 't1', end: { code: 0 } });
    opened[0]?.resolve('t1');
    await opening;
    expect(papers[0]?.text).toBe('prompt');
    expect(shells.at(HERE)?.state).toBe('ended');
  });

  it('lives beside others: each gets its own', async () => {
    const { shells, asked, start } = setUp();
    const guest = await start(GUEST, 't1');
    const here = await start(HERE, 't2');
    shells.take({ terminal: 't2', data: 'here' });
    shells.take({ terminal: 't1', data: 'guest' });
    shells.type(GUEST, 'ls');
    expect([guest.text, here.text]).toEqual(['guest', 'here']);
    expect(asked.at(-1)).toEqual(['typeInTerminal', { terminal: 't1', data: 'ls' }]);
  });

  it('keeps its screen when it ends, says why, and gets a new one when opened again', async () => {
    const { shells, asked, start } = setUp();
    const first = await start(GUEST, 't1');
    shells.end({ terminal: 't1', end: { trouble: trouble('connection-lost') } });
    expect(shells.at(GUEST)).toMatchObject({ state: 'ended', end: { trouble: { code: 'connection-lost' } } });
    expect(first.gone).toBe(false);
    shells.type(GUEST, 'into the void');
    expect(asked.filter(([name]) => name === 'typeInTerminal')).toEqual([]);
    const second = await start(GUEST, 't2');
    expect(first.gone).toBe(true);
    expect(shells.at(GUEST)).toMatchObject({ state: 'open', terminal: 't2', screen: second });
  });

  it('says what kept it from opening, and nothing when the person cancelled', async () => {
    for (const [code, state] of [
      ['auth-failed', 'failed'],
      ['cancelled', undefined],
    ] as const) {
      const { shells, papers, opened, open, settled } = setUp();
      const opening = open(GUEST);
      papers[0]?.show();
      await settled();
      opened[0]?.reject(new CallFailed(trouble(code)));
      expect(await opening).toBeUndefined();
      expect(shells.at(GUEST)?.state).toBe(state);
    }
  });

  it('that nobody wants any more by the time it is open is closed', async () => {
    const { shells, asked, papers, opened, open, settled } = setUp();
    const opening = open(GUEST);
    papers[0]?.show();
    await settled();
    shells.forget(GUEST);
    opened[0]?.resolve('t1');
    expect(await opening).toBeUndefined();
    expect(asked.at(-1)).toEqual(['closeTerminal', { terminal: 't1' }]);
    expect(papers[0]?.gone).toBe(true);
  });

  it('learns the size that its screen got while it opened', async () => {
    const { asked, papers, opened, open, settled } = setUp();
    const opening = open(HERE);
    papers[0]?.show();
    await settled();
    if (papers[0]) papers[0].now = { cols: 100, rows: 30 };
    opened[0]?.resolve('t1');
    await opening;
    expect(asked.at(-1)).toEqual(['resizeTerminal', { terminal: 't1', cols: 100, rows: 30 }]);
  });
});
