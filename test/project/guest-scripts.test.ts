import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { RecordingEntry } from '../../electron/connect/recording.ts';

const sample = fileURLToPath(new URL('../../electron/sample/docker0-out-of-zone.recording', import.meta.url));

/** What /bin/sh is: on Debian, on EL and its like, on Alpine. */
const SHELLS = [['/bin/dash'], ['/bin/bash', '--posix'], ['/bin/busybox', 'ash']].filter(([path = '']) =>
  existsSync(path),
);

/** All that a whole diagnosis ran in a guest: what is put together from words as well as what stands in files. */
const scripts = new Set(
  readFileSync(sample, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const entry = RecordingEntry.safeParse(line === '' ? undefined : JSON.parse(line));
      return entry.success ? [entry.data.script] : [];
    }),
);

test.each(SHELLS)('%s understands every script that a diagnosis runs', (shell = '', ...args) => {
  expect(scripts.size).toBeGreaterThan(10);
  const refused = [...scripts].filter(
    (input) => spawnSync(shell, [...args, '-n'], { input, encoding: 'utf8' }).status !== 0,
  );
  expect(refused).toEqual([]);
});

/** A script that is handed to bash in one word. */
const IN_BASH = /^exec bash -c ('(?:[^']|'\\'')*')/;
/** What shellcheck doubts and is meant: words that are to be split, text for another program or shell, `VAR= command`. */
const MEANT = 'SC2086,SC2046,SC2027,SC2013,SC2016,SC1003,SC1007,SC2209';

function doubts(shell: string, input: string): string {
  const args = [`--shell=${shell}`, `--exclude=${MEANT}`, '--format=gcc', '-'];
  return spawnSync('shellcheck', args, { input, encoding: 'utf8' }).stdout;
}

test('shellcheck has nothing to say about any of them, and sees nothing that POSIX lacks outside bash', ({
  skip,
}) => {
  if (spawnSync('shellcheck', ['--version']).status !== 0) skip('shellcheck is not installed');
  // it does notice what these guests’ shells lack
  expect(doubts('sh', 'exec 3<>/dev/tcp/127.0.0.1/22\n[[ a == b ]]\n')).toMatch(/SC3025[\s\S]*SC3010/);
  const inBash = [...scripts].flatMap((script) => IN_BASH.exec(script)?.[1] ?? []);
  expect(inBash.length).toBeGreaterThan(1);
  const said = [
    ...[...scripts].map((script) => doubts('sh', script)),
    ...inBash.map((word) => doubts('bash', word.slice(1, -1).replaceAll(`'\\''`, `'`))),
  ];
  expect(said.filter((text) => text !== '')).toEqual([]);
}, 60_000);
