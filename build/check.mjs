// `npm test`: every check, each to its end even when an earlier one failed, then one plain line with the counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inCi = process.env.CI === 'true';

/** The JavaScript file behind a package's command, so that no shell and no wrapper is between. */
function bin(name, command) {
  const folder = join(root, 'node_modules', name);
  const { bin: bins } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bins === 'string' ? bins : bins[command]);
}

/** Runs one check to its end; says whether it passed. */
function check(title, args, env = {}) {
  process.stdout.write(`\n— ${title}\n`);
  const done = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return done.status === 0;
}

const scratch = mkdtempSync(join(tmpdir(), 'culprit-check-'));
const summaryFile = join(scratch, 'summary.json');
const results = [
  check('lint and format (biome)', [bin('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.']),
  check('types (tsc)', [bin('typescript', 'tsc'), '--noEmit']),
  check('types of the window (tsc)', [bin('typescript', 'tsc'), '--noEmit', '-p', 'renderer']),
  check('types of tests with a page (tsc)', [bin('typescript', 'tsc'), '--noEmit', '-p', 'test']),
  check('dead code (knip)', [bin('knip', 'knip')]),
];
const testsPassed = check('tests (vitest)', [bin('vitest', 'vitest'), 'run'], {
  CULPRIT_SUMMARY: summaryFile,
});

/** What the tests' reporter wrote; a run that died before its end counts as one failure. */
function readSummary() {
  try {
    const summary = JSON.parse(readFileSync(summaryFile, 'utf8'));
    // Errors outside any test fail the run without failing a test.
    return !testsPassed && summary.failed === 0 ? { ...summary, failed: 1 } : summary;
  } catch {
    return { passed: 0, failed: 1, skipped: [], secondTry: [] };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const tests = readSummary();
for (const name of tests.secondTry) process.stdout.write(`passed only when tried again: ${name}\n`);
for (const skipped of tests.skipped) process.stdout.write(`skipped: ${skipped}\n`);
const passed = tests.passed + results.filter((ok) => ok).length;
const failed = tests.failed + results.filter((ok) => !ok).length;
if (inCi && tests.skipped.length > 0) {
  process.stdout.write('With CI=true every test must run: a skipped one is a failure.\n');
  process.exitCode = 1;
}
if (failed > 0) process.exitCode = 1;
process.stdout.write(`${passed} passed, ${failed} failed, ${tests.skipped.length} skipped\n`);
