/**
 * Mends real faults with Culprit's own fixes: fault → trial → fix → undo, in the lab machine, as a user would:
 * `npm run bench:fixes -- [--suite SUITE] [--only NAME]... [--port PORT] [--no-trial]`, where NAME is a fault or how several
 * begin. Prints a line for each, with what came of the trial, the fix and the undo; what was answered is kept in out/bench/.
 */
import { parseArgs } from 'node:util';
import type { RunJson } from '../../shared/run-json.ts';
import { findFault } from '../lab/faults.ts';
import type { Lab } from '../lab/lab.ts';
import { FAULTS } from '../lab-cases/cases.ts';
import { diagnoseLab } from '../lab-cases/cli.ts';
import { labAt } from '../lab-cases/lab-at.ts';
import { keptRows } from './kept-rows.ts';

const { values } = parseArgs({
  options: {
    suite: { type: 'string', default: 'bookworm' },
    only: { type: 'string', multiple: true, default: [] },
    port: { type: 'string' },
    trial: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

interface Row {
  fault: string;
  cause: string;
  trial: string;
  fix: string;
  undo: string;
  /** What the undo did not put back. */
  left: string[];
  /** The verdict, once it is taken back. */
  again: string;
  runs: RunJson[];
}

const outcomeOf = (run: RunJson) => run.remedies[0]?.outcome ?? run.troubles[0]?.code ?? 'none';

async function mend(lab: Lab, fault: string, cause: string): Promise<Row> {
  const row: Row = { fault, cause, trial: '-', fix: '-', undo: '-', left: [], again: '-', runs: [] };
  const order = async (...args: string[]) => {
    const { run } = await diagnoseLab(lab, [...args, '--yes']);
    row.runs.push(run);
    return run;
  };
  try {
    await lab.reset();
    await lab.fault(fault);
    if (values.trial) {
      const tried = await order('--trial');
      row.trial = outcomeOf(tried);
      // what a person does is told, and nothing to be made
      if (tried.causes[0]?.fixes.every(({ applies }) => applies === 'told')) return row;
    }
    const fixed = await order('--fix', cause);
    row.fix = outcomeOf(fixed);
    if (fixed.run === null || !['fixed', 'not-fixed', 'made'].includes(row.fix)) return row;
    const undone = await order('--undo', fixed.run);
    row.undo = outcomeOf(undone);
    row.left = undone.remedies[0]?.change?.lines ?? [];
    const { run } = await diagnoseLab(lab);
    row.again = run.causes[0]?.id ?? run.verdict;
  } catch (error) {
    row.again = error instanceof Error ? error.message : String(error);
  }
  return row;
}

const lab = await labAt(values.suite, values.port);
const chosen = FAULTS.filter(
  ({ fault }) =>
    findFault(fault).suites.includes(values.suite) &&
    (values.only.length === 0 || values.only.some((name) => fault.startsWith(name))),
);
const rows: Row[] = [];
const { file, keep } = keptRows(`fixes-${values.suite}`);
for (const { fault, cause } of chosen) {
  const row = await mend(lab, fault, cause);
  rows.push(row);
  keep(row);
  const left = row.left.length === 0 ? '' : `, ${row.left.length} lines differ: ${row.left[0]}`;
  console.log(
    `${fault.padEnd(40)} ${row.trial.padEnd(14)} ${row.fix.padEnd(12)} ${row.undo.padEnd(8)} ${row.again}${left}`,
  );
}
await lab.reset();

const whole = rows.filter(
  ({ fix, undo, left, again, cause }) =>
    fix === 'fixed' && undo === 'undone' && left.length === 0 && again === cause,
).length;
const made = rows.filter(({ undo }) => undo !== '-').length;
console.log(
  `${rows.length} faults: ${made} fixes made, ${whole} of them fixed, undone and as before. Kept in ${file}`,
);
