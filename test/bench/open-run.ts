import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { RUN_FILE_SCHEMA } from '../../electron/app/runs/run-format.ts';
import { RunStore } from '../../electron/app/runs/run-store.ts';
import { Watcher } from '../../electron/app/runs/watcher.ts';
import { recordingDoor } from '../../electron/door/recording-door.ts';
import { diagnose } from '../../electron/run.ts';
import type { RunEvent } from '../../shared/run.ts';

/**
 * How long main takes to open a run of EVENTS events (100,000 unless given), made of the sample's own, and to list 200
 * runs: `npx tsx test/bench/open-run.ts [EVENTS]`.
 */
const wanted = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), 'culprit-bench-'));
const { machine, targets, forwards, tryFromMac, connect } = await recordingDoor();
const sample: RunEvent[] = [];
await diagnose(
  { machine, targets, forwards, tryFromMac, connect },
  (event) => sample.push(event),
  new AbortController().signal,
);

/** As many events as wanted in the sample's own mix; the whole answers once, the others shortened to a line. */
function events(): RunEvent[] {
  const all: RunEvent[] = [];
  for (let round = 0; all.length < wanted; round += 1) {
    for (const event of sample) {
      if (round > 0 && event.type === 'answer') all.push({ ...event, stdout: event.stdout.slice(0, 400) });
      else all.push(event);
    }
  }
  return all.slice(0, wanted);
}

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
const long = text(events());
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
    if (name !== 'runEvents' || !('events' in value)) return;
    if (count === 0) first.push(performance.now() - began);
    count += value.events.length;
    stall = Math.max(stall, performance.now() - last);
    last = performance.now();
  });
  await watcher.stored(id(0), store.events(id(0)));
  opened.push(performance.now() - began);
  stalls.push(stall);
  if (count !== wanted) throw new Error(`${count} events came`);
}
console.log(`a run of ${wanted} events, ${(long.length / 1e6).toFixed(1)} MB`);
figures('first events', first);
figures('all events', opened);
figures('longest between two lists', stalls);
figures('the list of 200 runs', listed);
rmSync(folder, { recursive: true });
