/**
 * How fast a tracer's text becomes journeys: `npm run bench:log -- [LINES]` (1,000,000). The file is made of real lines of
 * `nft -a monitor trace` (nft 1.0.6), each packet with an IP id, port and trace id of its own, and is read by Culprit, by
 * `grep -c` and by `wc -l` in the same run. Prints megabytes a second and the peak memory; asserts nothing.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

const ROOT = join(import.meta.dirname, '../..');
const wanted = Number(process.argv[2] ?? 1_000_000);
const sample = readFileSync(join(ROOT, 'test/fixtures/trace/bookworm-nft-1.0.6-docker0-no-zone.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '');
const file = join(tmpdir(), `culprit-bench-${process.pid}.log`);

async function write(): Promise<void> {
  const out = createWriteStream(file);
  for (let lines = 0, round = 1; lines < wanted; round++) {
    const block = sample.map((line) =>
      line
        .replace(/^trace id [0-9a-f]{4}/, `trace id ${(round & 0xffff).toString(16).padStart(4, '0')}`)
        .replace(/ip id (\d+)/, (_, id) => `ip id ${(Number(id) + round) & 0xffff}`)
        .replace(/tcp sport (3|4|5)\d{4}/, `tcp sport ${30_000 + (round % 30_000)}`),
    );
    lines += block.length;
    if (!out.write(`${block.join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

/** Seconds and peak resident memory (kB) of a command. */
function time(command: string, args: readonly string[]): { s: number; kb: number; out: string } {
  const began = performance.now();
  const done = spawnSync('/usr/bin/time', ['-f', '%M', command, ...args], {
    encoding: 'utf8',
    cwd: ROOT,
    maxBuffer: 1e9,
  });
  const kb = Number(done.stderr.trim().split('\n').at(-1));
  return { s: (performance.now() - began) / 1000, kb, out: done.stdout };
}

try {
  await write();
  const mb = statSync(file).size / 1e6;
  const runs = {
    'wc -l': time('wc', ['-l', file]),
    'grep -c': time('grep', ['-c', 'verdict drop', file]),
    culprit: time(process.execPath, ['--import', 'tsx', 'electron/cli.ts', '--log', file, '--json']),
  };
  const { packets } = JSON.parse(runs.culprit.out) as { packets: number };
  console.log(`${mb.toFixed(0)} MB, ${packets} packets`);
  for (const [name, { s, kb }] of Object.entries(runs)) {
    console.log(
      `${name.padEnd(8)} ${s.toFixed(2)} s  ${(mb / s).toFixed(0)} MB/s  ${(kb / 1024).toFixed(0)} MB peak`,
    );
  }
} finally {
  rmSync(file, { force: true });
}
