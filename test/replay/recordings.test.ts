import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { runJson } from '../../shared/run-json.ts';
import { score } from '../bench/score.ts';
import { findFault } from '../lab/faults.ts';
import { EVERY_FAULT } from '../lab-cases/cases.ts';
import { readRecorded, recordedFaults, recordingPaths, replayed, staleness, wordsOf } from './recordings.ts';
import { giveaways } from './scrub.ts';

/** Gzipped, in bytes; firewalld's rulesets alone are 100 kB as text. */
const MAX = { one: 100_000, all: 10_000_000 };

it.each(recordedFaults())(
  '$suite, $fault: is diagnosed rightly, and to the word as recorded',
  async ({ suite, fault }) => {
    const run = await replayed(await readRecorded(fault, suite), fault);
    expect(staleness(run, fault)).toBeUndefined();
    const cause = EVERY_FAULT.find((known) => known.fault === fault)?.cause;
    expect(score(runJson(run, 'en'), { cause, terms: findFault(fault).expectTerms })).toBe('right');
    expect(run.residue).toMatchObject({ checked: true, rules: [], sysctls: [], processes: [] });
    // Where words were changed and nothing else: npx vitest run --project unit test/replay -u, and look at the difference
    const { words } = recordingPaths(fault, suite);
    await expect(wordsOf(run)).toMatchFileSnapshot(words);
  },
);

it.each(recordedFaults())('$suite, $fault: is small, and gives nobody away', ({ suite, fault }) => {
  const { recording, words } = recordingPaths(fault, suite);
  const packed = readFileSync(recording);
  expect(packed.length).toBeLessThan(MAX.one);
  expect(giveaways(gunzipSync(packed).toString() + readFileSync(words, 'utf8'))).toEqual([]);
});

it('all of them are small enough to be in everybody’s clone', () => {
  const sizes = recordedFaults().map(({ suite, fault }) => {
    const { recording, words } = recordingPaths(fault, suite);
    return statSync(recording).size + statSync(words).size;
  });
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX.all);
});
