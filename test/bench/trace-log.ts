/**
 * How fast a tracer's text becomes journeys: `npm run bench:log -- [LINES]` (1,000,000). For each format a file is made of
 * real lines that a program printed, each round of them with ids and ports of its own; Culprit, `grep -c` and `wc -l` read
 * it in the same run. Then the peak memory for a tenth of the lines, for all and for three times as many, beside what the
 * process takes that reads nothing. Prints megabytes a second, of the clock and of the
 * processor's time, which says more where the machine has other work; and megabytes. Asserts nothing.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../..');
const wanted = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'culprit-bench-'));
const file = join(folder, 'trace.log');

const NFT = 'bookworm-nft-1.0.6-docker0-no-zone.txt';
const SAMPLES = [NFT, 'xtables-monitor-1.8.9-three-flows.txt', 'kernel-6.18-legacy-trace-and-log.txt'];

/** The line as another packet would have made it: another trace id, IP id and port of the side that picks one. */
function anew(line: string, round: number): string {
  const hex = (round & 0xffff).toString(16).padStart(4, '0');
  return line
    .replace(/^(trace id |(?: TRACE|PACKET): \d+ )[0-9a-f]{4}/, (_, before) => before + hex)
    .replace(/\b(ip id |ID=)([1-9]\d*)/, (_, name, id) => name + ((Number(id) + round) & 0xffff))
    .replace(/\b(tcp sport |SPT=|SPORT=)[3-6]\d{4}/, (_, name) => name + (30_000 + (round % 30_000)));
}

async function write(name: string, lines: number): Promise<void> {
  const text = readFileSync(join(ROOT, 'test/fixtures/trace', name), 'utf8');
  const sample = text.split('\n').filter((line) => line !== '');
  const out = createWriteStream(file);
  for (let written = 0, round = 1; written < lines; written += sample.length, round++) {
    const block = sample.map((line) => anew(line, round));
    if (!out.write(`${block.join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

/** Seconds, those of the processor, and peak memory (MB) of a command. A process of its own measures: Node's children inherit Node's peak. */
function run(command: string, args: readonly string[]): { s: number; cpu: number; mb: number; out: string } {
  const began = performance.now();
  const options = { encoding: 'utf8', cwd: ROOT } as const;
  const { stdout, stderr } = spawnSync('/usr/bin/time', ['-f', '%M %U %S', command, ...args], options);
  const s = (performance.now() - began) / 1000;
  const [kb = 0, user = 0, system = 0] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return { s, cpu: user + system, mb: kb / 1024, out: stdout };
}

/** Culprit's part: its seconds are those of the reading, without the start of Node. */
function read(): { s: number; cpu: number; mb: number; packets: number } {
  const { mb, out } = run(process.execPath, [join(folder, 'trace-log-read.mjs'), file]);
  return { mb, ...JSON.parse(out) };
}

const speed = (mb: number, s: number) => `${s.toFixed(2)} s  ${(mb / s).toFixed(0)} MB/s`;

try {
  // as it ships: a transpiler in the same process takes as much memory again
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(ROOT, 'test/bench/trace-log-read.ts'),
      outDir: folder,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: '[name].mjs' } },
    },
    ssr: { noExternal: true },
  });
  for (const name of SAMPLES) {
    await write(name, wanted);
    const mb = statSync(file).size / 1e6;
    const culprit = read();
    const others = { 'grep -c': run('grep', ['-c', 'DROP', file]), 'wc -l': run('wc', ['-l', file]) };
    console.log(`${name}: ${mb.toFixed(0)} MB, ${culprit.packets} packets`);
    for (const [who, { s, cpu }] of Object.entries({ culprit, ...others }))
      console.log(`  ${who.padEnd(8)} ${speed(mb, s)}; of the processor's time ${speed(mb, cpu)}`);
  }
  writeFileSync(file, '');
  console.log(`peak memory: ${read().mb.toFixed(0)} MB for an empty file`);
  for (const lines of [wanted / 10, wanted, wanted * 3]) {
    await write(NFT, lines);
    console.log(`peak memory: ${read().mb.toFixed(0)} MB for ${lines} lines`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
