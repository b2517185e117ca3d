import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXEC_RUNNER, STREAM_RUNNER } from '../../electron/connect/runner-sh.ts';

const SHELLS = [['/bin/dash'], ['/bin/bash', '--posix'], ['/bin/busybox', 'ash']].filter(([path = '']) =>
  existsSync(path),
);

describe("the guest's runner", () => {
  it.each(SHELLS)('is read by %s without complaint', (shell = '', ...args) => {
    for (const input of [EXEC_RUNNER, STREAM_RUNNER]) {
      expect(execFileSync(shell, [...args, '-n'], { input, encoding: 'utf8' })).toBe('');
    }
  });

  it('is small, since the guest reads it a byte at a time', () => {
    expect(EXEC_RUNNER.length).toBeLessThan(4000);
    expect(STREAM_RUNNER.length).toBeLessThan(4000);
    expect(EXEC_RUNNER).not.toMatch(/^#/m);
  });
});
