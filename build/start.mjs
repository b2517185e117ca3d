// `npm start`. Until Culprit has its window: sets up, diagnoses the bundled sample in the terminal and writes its report.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs Node with these arguments in the project's folder, sharing the terminal; gives its exit code. */
function node(...args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 130;
}

const ready = node('build/setup.mjs');
const code =
  ready === 0
    ? node('--import', 'tsx', 'electron/cli.ts', '--sample', '--report', 'report-sample.md')
    : ready;
// The sample has a fault, so "problem found" (1) is what a good start looks like.
process.exitCode = ready === 0 && code === 1 ? 0 : code;
