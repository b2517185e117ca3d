/**
 * Injects each fault into the lab machine, diagnoses it as a user would and scores the answer:
 * `npm run bench:faults -- [--suite SUITE] [--only NAME]... [--port PORT] [--record [--resume]]`, where NAME is a fault or how
 * several begin. Prints a table and one line of totals; what was answered is kept in out/bench/, a line of JSON a machine.
 *
 * With `--record` each right answer goes to test/recordings/, to be replayed in the unit tests; with `--resume` only what is
 * not there yet or is of other scripts than today's. Each fault has files of its own, so that two of these can share the work,
 * each with a machine of its own (`--port`).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RunJson } from '../../shared/run-json.ts';
import { findFault } from '../lab/faults.ts';
import type { Lab } from '../lab/lab.ts';
import { EVERY_FAULT, HEALTHY } from '../lab-cases/cases.ts';
import { diagnoseLab } from '../lab-cases/cli.ts';
import { labAt } from '../lab-cases/lab-at.ts';
import { keepRecording } from '../replay/keep.ts';
import { isCurrent } from '../replay/recordings.ts';
import { keptRows } from './kept-rows.ts';
import { SCORES, type Score, score } from './score.ts';

const { values } = parseArgs({
  options: {
    suite: { type: 'string', default: 'bookworm' },
    only: { type: 'string', multiple: true, default: [] },
    port: { type: 'string' },
    record: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
  },
});
const { suite, only, record, resume } = values;

interface Row {
  fault: string;
  wanted: string;
  score: Score;
  /** Ids of the causes, or codes of the troubles where there are none, as they were told. */
  told: string[];
  seconds: number;
  error?: string;
  /** `kept`, or why the answer is not in test/recordings/. */
  recording?: string;
  run?: RunJson;
}

const cases: readonly { fault: string; cause?: string }[] = [
  ...EVERY_FAULT,
  ...HEALTHY.map((fault) => ({ fault })),
];
const chosen = cases.filter(
  ({ fault }) =>
    findFault(fault).suites.includes(suite) &&
    (only.length === 0 || only.some((name) => fault.startsWith(name))),
);

type Answer = Pick<RunJson, 'verdict' | 'causes' | 'troubles'>;

/** The answer as a user gets it: a machine that can't be reached is told in words (exit 3), and has no JSON. */
async function ask(lab: Lab, file: string): Promise<{ answer: Answer; seconds: number; run?: RunJson }> {
  const began = performance.now();
  try {
    const { run, ms } = await diagnoseLab(lab, record ? ['--record', file] : []);
    return { answer: run, seconds: ms / 1000, run };
  } catch (error) {
    const says = /^no JSON came out \(exit 3\): (.+)$/s.exec(
      error instanceof Error ? error.message : '',
    )?.[1];
    if (says === undefined) throw error;
    const answer = { verdict: 'cannot-tell' as const, causes: [], troubles: [{ code: 'unreachable', says }] };
    return { answer, seconds: (performance.now() - began) / 1000 };
  }
}

/** Keeps the recording of a right answer; says what became of it. */
async function kept(lab: Lab, file: string, { fault, score, run }: Row): Promise<string> {
  if (score !== 'right') return 'not kept: the answer is not right';
  if (!run) return 'none: nothing could be asked';
  try {
    await keepRecording(file, { fault, lab, run });
    return 'kept';
  } catch (error) {
    return `not kept: ${error instanceof Error ? error.message : error}`;
  }
}

async function bench(lab: Lab, fault: string, cause: string | undefined): Promise<Row> {
  const row = { fault, wanted: cause ?? 'healthy', told: [], seconds: 0 };
  const folder = mkdtempSync(join(tmpdir(), 'culprit-bench-'));
  const file = join(folder, 'recording');
  try {
    await lab.reset();
    const { expectTerms } = await lab.fault(fault);
    const { answer, ...rest } = await ask(lab, file);
    const told = [...answer.causes.map(({ id }) => id), ...answer.troubles.map(({ code }) => code)];
    const scored: Row = {
      ...row,
      ...rest,
      score: score(answer, { cause, terms: expectTerms }),
      told: told.length > 0 ? told : [answer.verdict],
    };
    return record ? { ...scored, recording: await kept(lab, file, scored) } : scored;
  } catch (error) {
    return { ...row, score: 'broke', error: error instanceof Error ? error.message : String(error) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const line = ({ fault, wanted, score, told, seconds, error, recording }: Row) =>
  `${fault.padEnd(42)} ${score.padEnd(19)} ${seconds.toFixed(0).padStart(4)} s  ${wanted} ← ${error ?? told.join(', ')}${recording ? `; recording: ${recording}` : ''}`;

const lab = await labAt(suite, values.port);
const rows: Row[] = [];
const { file, keep } = keptRows(`faults-${suite}-${lab.port}`);
for (const { fault, cause } of chosen) {
  if (resume && (await isCurrent(fault, suite))) continue;
  const row = await bench(lab, fault, cause);
  rows.push(row);
  keep(row);
  console.log(line(row));
}
await lab.reset();

const count = (which: Score) => rows.filter(({ score }) => score === which).length;
const totals = SCORES.map((each) => `${count(each)} ${each}`).join(', ');
console.log(`${suite}, ${rows.length} machines: ${totals}. Kept in ${file}`);
