/**
 * The long way to be sure, on the lab machine: `npm run soak -- [TIMES [WAY]...]` breaks that many runs off in each way (50)
 * and looks what is left in the guest; `npm run soak -- answers [TIMES]` diagnoses the original fault and the healthy machine
 * that many times each (20) and counts right answers. Options: `--suite SUITE`, `--port PORT`, `--base legacy`, and
 * `--backend ID` for one way of tracing; with several of them the tries go around. Prints a line a try and the figures at
 * the end; exit 1 if any failed.
 */
import { parseArgs } from 'node:util';
import { findBase } from '../lab/faults.ts';
import { median } from '../support/median.ts';
import { breakOff, moments, WAYS, type Way } from './break-off.ts';
import { diagnoseLab, ONE_TARGET } from './cli.ts';
import { labAt } from './lab-at.ts';
import { guestState } from './state.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    suite: { type: 'string', default: 'bookworm' },
    base: { type: 'string', default: '' },
    port: { type: 'string' },
    backend: { type: 'string', multiple: true, default: [] },
  },
});
const [first = '50', ...rest] = positionals;
const base = findBase(values.base);
// one target: more of a run is then what must be cleared away
const optionsOf = (backend?: string) => [
  ...ONE_TARGET,
  ...(backend === undefined ? [] : ['--trace-backend', backend]),
];
const lab = await labAt(values.suite, values.port);
let failed = 0;

async function answers(times: number): Promise<void> {
  for (const [fault, cause] of [
    ['fw-docker0-not-in-zone', 'firewalld-interface-not-in-zone'],
    ['healthy-baseline', undefined],
  ] as const) {
    await lab.reset();
    await lab.fault(fault);
    const took: number[] = [];
    let right = 0;
    for (let i = 0; i < times; i++) {
      const { run, ms, code } = await diagnoseLab(lab);
      const isRight = run.causes[0]?.id === cause && code === (cause ? 1 : 0);
      if (isRight) right++;
      else failed++;
      took.push(ms);
      console.log(
        `${fault} ${i + 1}: ${run.causes[0]?.id ?? run.verdict}, exit ${code}, ${Math.round(ms)} ms`,
      );
    }
    console.log(`${fault}: ${right} of ${times} right, median ${Math.round(median(took))} ms`);
  }
}

async function breakOffs(times: number, ways: readonly Way[]): Promise<void> {
  await lab.reset();
  if (base) await lab.base(base);
  await lab.fault('ipt-docker-user-drop');
  // sudo's own time stamp and marker, as on any used machine
  await lab.ssh(`echo ${lab.password} | sudo -S -p '' true`, { user: 'dev' });
  const before = await guestState(lab);
  const { ms: runMs } = await diagnoseLab(lab, optionsOf(values.backend[0]));
  for (const way of ways) {
    const took: number[] = [];
    for (const [i, after] of moments(times, runMs).entries()) {
      const backend = values.backend[i % values.backend.length];
      const { left, ms, after: at } = await breakOff(lab, way, after, before, optionsOf(backend));
      if (left.length > 0) failed++;
      took.push(ms);
      console.log(
        `${way} ${i + 1}${backend ? `, ${backend}` : ''}: after ${at} ms, clean within ${ms} ms ${left.length > 0 ? JSON.stringify(left) : ''}`,
      );
    }
    console.log(
      `${way}: ${times} times, clean within ${median(took)} ms (median), ${Math.max(...took)} ms (worst)`,
    );
  }
}

if (first === 'answers') await answers(Number(rest[0] ?? 20));
else {
  const all = Object.keys(WAYS) as Way[];
  await breakOffs(Number(first), rest.length > 0 ? all.filter((way) => rest.includes(way)) : all);
}
process.exitCode = failed > 0 ? 1 : 0;
