import { defineConfig } from 'vitest/config';
import { SummaryReporter } from './build/summary-reporter.ts';

export default defineConfig({
  test: {
    reporters: ['default', new SummaryReporter()],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/lab-cases/**', 'test/app/**', 'test/package/**'],
          testTimeout: 40_000,
          // Each file of tests cleans up after itself; with a module graph for each, half the time went into imports.
          isolate: false,
        },
      },
      {
        test: {
          name: 'app',
          include: ['test/{app,package}/**/*.test.ts'],
          exclude: ['test/app/lab/**'],
          globalSetup: 'test/app/build.ts',
          // One browser at a time: what is measured or waited for is then the application's doing.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // What is on screen is waited for as Playwright waits for it.
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: {
          name: 'lab',
          include: ['test/lab-cases/**/*.test.ts', 'test/app/lab/**/*.test.ts'],
          // What takes long: `npm run test:lab:all`.
          exclude: process.env.CULPRIT_LAB === 'all' ? [] : ['test/lab-cases/fixes.test.ts'],
          globalSetup: 'test/app/build.ts',
          // One VM, one case at a time, after everything that is quick.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          // An emulated VM can stand still for half a minute where the computer is busy, which no connection outlives;
          // what is wrong in Culprit fails twice. The last lines of `npm test` name each test that needed it.
          retry: 1,
          testTimeout: 600_000,
          hookTimeout: 1_800_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
