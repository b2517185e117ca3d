import { describe, expect, it } from 'vitest';
import { netemAgain } from '../../electron/diagnose/netem-again.ts';
import type { Qdisc } from '../../electron/probe/tc.ts';
import { readScene } from '../lab-cases/scene-file.ts';
import { fact } from './altered-scene.ts';

const netem = (fault: string): Qdisc => {
  const found = fact(readScene(fault), 'tc').qdiscs.find(({ kind }) => kind === 'netem');
  if (!found) throw new Error(`${fault} has no queue of netem`);
  return found;
};

describe('a queue of netem, put back', () => {
  it.each([
    ['tc-netem-loss', 'netem limit 1000 loss 100%'],
    ['tc-netem-delay', 'netem limit 1000 delay 12s'],
    ['tc-netem-corrupt', 'netem limit 1000 corrupt 100%'],
  ])('as %s has it', (fault, words) => {
    const queue = netem(fault);
    expect(netemAgain(queue)).toBe(`tc qdisc add dev '${queue.dev}' root handle '${queue.handle}' ${words}`);
  });

  it('with its own limit, and more than one thing that it does', () => {
    const options = { limit: 7, delay: { delay: 0.01, jitter: 0 }, 'loss-random': { loss: 0.07 } };
    expect(netemAgain({ ...netem('tc-netem-loss'), options })).toMatch(/netem limit 7 delay 0.01s loss 7%$/);
  });

  it('not at all where that would leave something out', () => {
    const queue = netem('tc-netem-delay');
    const { options } = queue;
    for (const other of [
      { delay: { delay: 1, jitter: 0.2, correlation: 0 } },
      { rate: { rate: 125 } },
      { ecn: true },
      { gap: 5 },
      { 'loss-state': {} },
    ])
      expect(netemAgain({ ...queue, options: { ...options, ...other } })).toBeUndefined();
    const { handle: _, ...nameless } = queue;
    expect(netemAgain(nameless)).toBeUndefined();
  });
});
