import { expect, it } from 'vitest';
import type { Recording } from '../../electron/connect/recording.ts';
import { replayGuest } from '../../electron/connect/replay-guest.ts';
import { same } from '../../shared/text.ts';
import { AMENDMENTS, type Amendment, amended, amendedBy } from './amendments.ts';
import { readRecorded, recordedFaults } from './recordings.ts';

const answer = { code: 0, stdout: 'x', stderr: '', timedOut: false, truncated: false, ms: 1 };

/** A recording in which these scripts were run, one after the other. */
function recorded(...scripts: string[]): Recording {
  const asked = { kind: 'exec' as const, purpose: 'try', asRoot: false, answer };
  return {
    ...{ schema: 'culprit.recording/1' as const, culprit: '0', label: 'vm', root: { how: 'login' as const } },
    machine: {},
    entries: scripts.map((script) => ({ ...asked, script })),
  };
}
const CHANGE = { was: 'ip addr # all', now: 'ip addr # all of them, $& too', why: 'a comment' };

it('answers a script that was changed as listed, in recordings of before and after; and no other', async () => {
  const ask = (of: Recording, script: string) =>
    replayGuest(amended(of, [CHANGE])).exec({ purpose: same('try'), script });
  await expect(ask(recorded('ip addr # all\n'), 'ip addr # all of them, $& too\n')).resolves.toMatchObject(
    answer,
  );
  await expect(ask(recorded(`${CHANGE.now}\n`), `${CHANGE.now}\n`)).resolves.toMatchObject(answer);
  const lacks = { code: 'recording-lacks-command' };
  await expect(ask(recorded('ip addr # all\n'), 'ip addr # all\n')).rejects.toMatchObject(lacks);
  await expect(ask(recorded('ip addr # all\n'), `${CHANGE.now} \n`)).rejects.toMatchObject(lacks);
});

it('makes of a pattern what stands there now, and leaves that alone', () => {
  const change = { was: /(?<=-m )\d+(?= )/g, now: (n = '') => `${Number(n) + 1}s`, why: 'seconds' };
  expect(amendedBy('curl -m 5 a; curl -m 7 b', change)).toBe('curl -m 6s a; curl -m 8s b');
  expect(amendedBy('curl -m 6s a', change)).toBe('curl -m 6s a');
});

it('lists no change that no recording needs any more', async () => {
  const needed = new Set<Amendment>();
  for (const { fault, suite } of AMENDMENTS.length > 0 ? recordedFaults() : []) {
    const { entries } = await readRecorded(fault, suite, []);
    for (const amendment of AMENDMENTS)
      if (entries.some(({ script }) => amendedBy(script, amendment) !== script)) needed.add(amendment);
  }
  expect(AMENDMENTS.filter((amendment) => !needed.has(amendment))).toEqual([]);
});
