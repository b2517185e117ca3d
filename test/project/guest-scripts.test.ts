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
