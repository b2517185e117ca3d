import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { RUN_FILE_SCHEMA } from '../../electron/app/runs/run-format.ts';
import { RunStore } from '../../electron/app/runs/run-store.ts';
import { Watcher } from '../../electron/app/runs/watcher.ts';
import type { RunEvent } from '../../shared/run.ts';
import { sampleEvents } from '../renderer/run/sample.ts';
import { manyEvents } from './window/many-events.ts';

/**
 * How long main takes to open a run of EVENTS events (100,000 unless given), made of the sample's own, and to list 200
 * runs: `npm run bench:open -- [EVENTS]`.
 */
const wanted = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), 'culprit-bench-'));
const sample = await sampleEvents();

const header = {
  schema: RUN_FILE_SCHEMA,
  machine: 'sample',
  name: 'bench',
  at: new Date().toISOString(),
  focus: 'everything',
};
const text = (list: readonly RunEvent[]) =>
  `${[header, ...list].map((line) => JSON.stringify(line)).join('\n')}\n`;
mkdirSync(join(folder, 'runs'));
const id = (n: number) => `20260101T0000${String(n % 60).padStart(2, '0')}Z-${String(n).padStart(8, '0')}`;
const long = text(await manyEvents(wanted));
const trailer = `${JSON.stringify({ summary: { state: 'done' } })}\n`;
writeFileSync(join(folder, 'runs', `${id(0)}.ndjson`), long + trailer);
for (let n = 1; n < 200; n += 1)
  writeFileSync(join(folder, 'runs', `${id(n)}.ndjson`), text(sample) + trailer);

const figures = (name: string, times: number[]) => {
  const sorted = times.toSorted?.((a, b) => a - b) ?? [...times].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0);
  console.log(`${name}: ${at(0)} / ${at(0.5)} / ${at(1)} ms (best / median / worst of ${times.length})`);
};

const opened: number[] = [];
const first: number[] = [];
const outcomes: number[] = [];
const listed: number[] = [];
const stalls: number[] = [];
for (let round = 0; round < 7; round += 1) {
  let began = performance.now();
  const store = await RunStore.open(folder, console.error, () => {});
  listed.push(performance.now() - began);
  began = performance.now();
  let count = 0;
  let last = began;
  let stall = 0;
  const watcher = new Watcher((name, value) => {
    if (name === 'runOutcome') outcomes.push(performance.now() - began);
    if (name !== 'runEvents' || !('events' in value)) return;
    if (count === 0) first.push(performance.now() - began);
    count += value.events.length;
    stall = Math.max(stall, performance.now() - last);
    last = performance.now();
  });
  await watcher.stored(id(0), store);
  opened.push(performance.now() - began);
  stalls.push(stall);
  if (count !== wanted) throw new Error(`${count} events came`);
}
console.log(`a run of ${wanted} events, ${(long.length / 1e6).toFixed(1)} MB`);
figures('what came of it', outcomes);
figures('first events', first);
figures('all events', opened);
figures('longest between two lists', stalls);
figures('the list of 200 runs', listed);
rmSync(folder, { recursive: true });
