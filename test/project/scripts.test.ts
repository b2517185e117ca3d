import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

function scriptsUnder(folder: string): string[] {
  return readdirSync(`${root}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return scriptsUnder(path);
    return entry.name.endsWith('.sh') ? [path] : [];
  });
}

/** Does the script itself say for which shell it is? */
function namesItsShell(file: string): boolean {
  return /^(#!|.*shellcheck shell=)/.test(readFileSync(`${root}/${file}`, 'utf8'));
}

test('shellcheck has nothing to say about any script', ({ skip }) => {
  if (spawnSync('shellcheck', ['--version']).status !== 0) skip('shellcheck is not installed');
  const scripts = ['.ci/run', ...scriptsUnder('electron'), ...scriptsUnder('test')];
  const complaints = [scripts.filter(namesItsShell), scripts.filter((file) => !namesItsShell(file))].map(
    (files, i) => {
      // What names none is a part of a script that runs in bash.
      const shell = i === 0 ? [] : ['--shell=bash'];
      return spawnSync('shellcheck', [...shell, '-x', ...files], { cwd: root, encoding: 'utf8' }).stdout;
    },
  );
  expect(complaints).toEqual(['', '']);
}, 60_000);
