/**
 * What a trace costs on a lab machine: `npm run bench:trace -- [--suite SUITE] [--pairs N] [--port PORT]` (20 pairs). In pairs, by
 * turns the one or the other first: a flow that works, tried with and without a trace around it (milliseconds of the flow itself,
 * and of all from the order to the answer); and what one container takes to load a file from another (megabytes a second),
 * with a trace armed for somebody else's packets and without. Prints medians, and the middle of the pairs' differences or
 * ratios with its interval at 95 %. Asserts nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Guest } from '../../electron/connect/guest.ts';
import { connectSsh } from '../../electron/connect/ssh-guest.ts';
import { flowScript, type Trial, tcp } from '../../electron/flow/script.ts';
import { nftOwner, ownerScript } from '../../electron/trace/backends/nft-owner.ts';
import { nftMonitor } from '../../electron/trace/formats/nft-monitor.ts';
import { listen } from '../../electron/trace/listen.ts';
import { matchesFor, type PacketMatch } from '../../electron/trace/match.ts';
import { same } from '../../shared/text.ts';
import { labAt } from '../lab-cases/lab-at.ts';
import { median } from '../support/median.ts';

const { values } = parseArgs({
  options: {
    suite: { type: 'string', default: 'bookworm' },
    pairs: { type: 'string', default: '20' },
    port: { type: 'string' },
  },
});
const pairs = Number(values.pairs);
const FILE_MB = 64;
const INTERNET = '203.0.113.10';
const signal = new AbortController().signal;

/** The trace's lines that say how a flow went, or how long a load took: `F`, index, milliseconds. */
type Measured = (onLine: (line: string) => void) => Promise<unknown>;

/** Milliseconds that the guest said, and those that passed here. */
async function timed(run: Measured): Promise<{ said: number; whole: number }> {
  let said = Number.NaN;
  const began = performance.now();
  await run((line) => {
    const [kind, , ms] = line.split('\t');
    if (kind === 'F') said = Number(ms);
  });
  return { said, whole: performance.now() - began };
}

/** The mean, and how far it may be off (95 %, normal). */
function interval(all: readonly number[]): { mean: number; off: number } {
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  const variance = all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (all.length - 1);
  return { mean, off: 1.96 * Math.sqrt(variance / all.length) };
}

/** Runs both, by turns the one or the other first. */
async function inPairs(plain: Measured, traced: Measured) {
  const rows: { plain: Awaited<ReturnType<typeof timed>>; traced: Awaited<ReturnType<typeof timed>> }[] = [];
  for (let i = 0; i < pairs; i++) {
    const first = i % 2 === 0 ? await timed(plain) : undefined;
    const second = await timed(traced);
    rows.push({ plain: first ?? (await timed(plain)), traced: second });
  }
  return rows;
}

/** Runs a script without a trace. */
const bare =
  (guest: Guest, script: string): Measured =>
  async (onLine) => {
    const { stdout } = await guest.exec({ purpose: same('bench'), script, asRoot: true, timeoutMs: 40_000 });
    for (const line of stdout.split('\n')) onLine(line);
  };

/** Runs bash while a trace of these packets is armed. */
const armed =
  (guest: Guest, matches: readonly PacketMatch[], bash: string): Measured =>
  (onTryLine) => {
    const task = { trials: [], matches, legacy: false, onTryLine };
    const script = ownerScript(task).replace('flows() {\n', () => `flows() {\n${bash}\n`);
    return listen(guest, { id: nftOwner.id, script, formats: [nftMonitor] }, task, signal);
  };

/** Bash that loads the file from one container into another's network, and says how long that took; it will stand within '…'. */
const load = (pid: string, from: string) => `
began=$(date +%s%N)
nsenter -t ${pid} -n curl -s -m 30 -o /dev/null http://${from}/big || exit
printf "F\\t0\\t%s\\n" $((($(date +%s%N) - began) / 1000000))`;

const lab = await labAt(values.suite, values.port);
await lab.reset();
/** Process and address of a container. */
async function container(name: string): Promise<{ pid: string; address: string }> {
  const format = '{{.State.Pid}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
  const { stdout } = await lab.ssh(`docker inspect -f '${format}' ${name}`);
  const [pid = '', address = ''] = stdout.trim().split(' ');
  return { pid, address };
}
const [box1, box2, shop] = [await container('box1'), await container('box2'), await container('shop-web-1')];
const made = await lab.ssh(`docker exec box1 dd if=/dev/zero of=/www/big bs=1M count=${FILE_MB}`);
if (made.code !== 0) throw new Error(made.stderr);

/** The flow from a container to the internet. */
function toInternet(name: string, { pid, address }: { pid: string; address: string }): Trial {
  return {
    spec: {
      id: name,
      kind: 'internet-ip',
      from: { where: 'container', name, network: '', pid: Number(pid), address },
      to: { what: 'internet-ip', proto: 'tcp', host: INTERNET, port: 80, label: INTERNET },
    },
    attempt: tcp(INTERNET, 80),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'culprit-bench-'));
const guest = await connectSsh({
  host: '127.0.0.1',
  port: lab.port,
  user: 'root',
  identityFile: lab.keyPath,
  pinId: 'bench',
  pinFile: join(folder, 'pins.json'),
  label: 'bench',
});
try {
  const flow = toInternet('box2', box2);
  const watched = matchesFor(flow.spec, [box2.address], [INTERNET]);
  const flows = await inPairs(bare(guest, flowScript([flow])), (onTryLine) =>
    nftOwner.trace(guest, { trials: [flow], matches: watched, legacy: false, onTryLine }, signal),
  );
  for (const what of ['said', 'whole'] as const) {
    const more = interval(flows.map(({ plain, traced }) => traced[what] - plain[what]));
    const [without, around] = [
      flows.map(({ plain }) => plain[what]),
      flows.map(({ traced }) => traced[what]),
    ];
    console.log(
      `${what === 'said' ? 'the flow itself' : 'from the order to the answer'}: ${median(without).toFixed(0)} ms, ` +
        `traced ${median(around).toFixed(0)} ms; a pair differs by ${more.mean.toFixed(0)} ± ${more.off.toFixed(0)} ms`,
    );
  }

  const others = matchesFor(toInternet('shop', shop).spec, [shop.address], [INTERNET]);
  const loading = load(box2.pid, box1.address);
  const loads = await inPairs(bare(guest, loading), armed(guest, others, loading));
  const rate = (ms: number) => `${(FILE_MB / (ms / 1000)).toFixed(0)} MB/s`;
  const ratio = interval(loads.map(({ plain, traced }) => (100 * plain.said) / traced.said));
  console.log(
    `from container to container: ${rate(median(loads.map(({ plain }) => plain.said)))}, with a trace armed for another flow ` +
      `${rate(median(loads.map(({ traced }) => traced.said)))}; a pair has ${ratio.mean.toFixed(1)} ± ${ratio.off.toFixed(1)} %`,
  );
} finally {
  await guest.close();
  rmSync(folder, { recursive: true });
  await lab.reset();
}
