import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { exitCode } from '../../electron/cli/exit-code.ts';
import { pinFile } from '../../electron/data-folder.ts';
import type { RunEvent } from '../../shared/run.ts';
import { same } from '../../shared/text.ts';
import { runOf } from '../support/zone-case.ts';

const verdict = (word: 'healthy' | 'problem' | 'cannot-tell'): RunEvent => ({
  type: 'verdict',
  t: 0,
  verdict: word,
  says: same(''),
});
const trouble = (code: string): RunEvent => ({ type: 'trouble', t: 0, code, says: same('') });
const ended = (how: 'done' | 'cancelled' | 'failed'): RunEvent => ({ type: 'ended', t: 0, how });

test.each<[string, number, RunEvent[]]>([
  ['healthy', 0, [verdict('healthy'), ended('done')]],
  ['a problem', 1, [verdict('problem'), ended('done')]],
  ['cannot tell', 2, [verdict('cannot-tell'), ended('done')]],
  ['could not connect', 3, [trouble('auth-failed'), ended('failed')]],
  ['the connection broke during the run: no verdict', 2, [trouble('connection-lost'), ended('failed')]],
  ['the recording ran out of answers: no verdict', 2, [trouble('recording-lacks-command'), ended('failed')]],
  ['cancelled', 130, [trouble('cancelled'), ended('cancelled')]],
  ['it just stopped, which is never healthy', 2, []],
])('%s is exit code %i', (_, code, events) => {
  expect(exitCode(runOf(events))).toBe(code);
});

test('what is remembered stands in a folder of the user’s, or in the one they name', () => {
  const inHome = `${homedir()}/.local/state/culprit/host-keys.json`;
  expect(pinFile({}, 'linux')).toBe(inHome);
  expect(pinFile({ XDG_STATE_HOME: 'relative' }, 'linux')).toBe(inHome);
  expect(pinFile({ XDG_STATE_HOME: '/s' }, 'linux')).toBe('/s/culprit/host-keys.json');
  expect(pinFile({}, 'darwin')).toBe(`${homedir()}/Library/Application Support/Culprit/host-keys.json`);
  expect(pinFile({ CULPRIT_DATA: '/d' }, 'darwin')).toBe('/d/host-keys.json');
});
