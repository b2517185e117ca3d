import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { labAvailable } from '../test/lab/available.ts';

/** What `build/check.mjs` reads back. */
interface Summary {
  passed: number;
  failed: number;
  /** Full names of skipped tests, each with its reason. */
  skipped: string[];
  /** Full names of tests that failed and passed when they were tried again. */
  secondTry: string[];
}

/** Why a test did not run: what it said itself, or why there is no lab here. */
function reason(test: TestCase): string {
  const result = test.result();
  if (result.state === 'skipped' && result.note) return result.note;
  const lab = test.project.name === 'lab' ? labAvailable() : { ok: true as const };
  return lab.ok ? 'no reason given' : lab.reason;
}

/** Counts tests and writes the counts to the file that CULPRIT_SUMMARY names. */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const path = process.env.CULPRIT_SUMMARY;
    if (path === undefined) return;
    const summary: Summary = { passed: 0, failed: 0, skipped: [], secondTry: [] };
    for (const module of modules) {
      const before = summary.passed + summary.failed + summary.skipped.length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (test.diagnostic()?.flaky) summary.secondTry.push(test.fullName);
        if (state === 'passed') summary.passed += 1;
        else if (state === 'skipped') summary.skipped.push(`${test.fullName}: ${reason(test)}`);
        else summary.failed += 1;
      }
      // A file that cannot even be loaded has errors and no tests.
      const counted = summary.passed + summary.failed + summary.skipped.length - before;
      if (module.errors().length > 0 && counted === 0) summary.failed += 1;
    }
    writeFileSync(path, JSON.stringify(summary));
  }
}
