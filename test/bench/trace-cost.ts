/**
 * What a trace costs on a lab machine: `npm run bench:trace -- [--suite SUITE] [--pairs N] [--port PORT]` (20 pairs). In pairs, by
 * turns the one or the other first: a flow that works, tried with and without a trace around it (milliseconds of the flow itself,
 * and of all from the order to the answer); and what one container takes to load a file from another (megabytes a second),
 * with the table and the monitor of a trace for somebody else's packets and without. Prints medians, and the middle of the pairs' differences or
 * ratios with its interval at 95 %. Asserts nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Guest } from '../../electron/connect/guest.ts';
import { quote } from '../../electron/connect/quote.ts';
import { connectSsh } from '../../electron/connect/ssh-guest.ts';
import { flowScript, type Trial, tcp } from '../../electron/flow/script.ts';
import { nftOwner } from '../../electron/trace/backends/nft-owner.ts';
import { matchesFor, type PacketMatch } from '../../electron/trace/match.ts';
import { tableStatement } from '../../electron/trace/own-table.ts';
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
const FILE_MB = 128;
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

/**
 * The middle, and where it lies at 95 %. By rank, as the sign test has it: of a few pairs that the computer under the machine
 * held up, a mean would tell more than of all others.
 */
function middle(all: readonly number[]): { at: number; from: number; to: number } {
  const sorted = all.toSorted((a, b) => a - b);
  const rank = Math.max(0, Math.floor(all.length / 2 - 0.98 * Math.sqrt(all.length)));
  return { at: median(all), from: sorted[rank] ?? Number.NaN, to: sorted.at(-1 - rank) ?? Number.NaN };
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

/** Loads of one place that stand beside one another are compared: so many pairs are asked for at a time. */
const AT_A_TIME = 10;

/**
 * Loads the file from one container into another's network, by turns with what a trace puts in for somebody else's packets
 * and without; each line of the answer has the milliseconds of both. So close to one another, for the computer under the
 * machine is not as fast from one second to the next.
 */
const loads = (pid: string, from: string, matches: readonly PacketMatch[]): string =>
  `exec bash -c ${quote(`
table=${quote(tableStatement('culprit_bench', matches, ''))}
once() { nsenter -t ${pid} -n curl -sf -m 30 -o /dev/null http://${from}/big || exit; }
load() {
  # the first is not counted: a monitor that starts has the ruleset to read
  once
  local began=$(date +%s%N)
  once
  once
  ms=$((($(date +%s%N) - began) / 2000000))
}
traced() {
  printf '%s\\n' "$table" | nft -f -
  nft -a monitor trace >/dev/null &
  load
  kill $!
  wait
  nft delete table inet culprit_bench
}
for i in {1..${AT_A_TIME}}; do
  if [ $((i % 2)) = 0 ]; then load; plain=$ms; fi
  traced
  with=$ms
  if [ $((i % 2)) = 1 ]; then load; plain=$ms; fi
  echo "$plain $with"
done 2>/dev/null`)}`;

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
    const more = middle(flows.map(({ plain, traced }) => traced[what] - plain[what]));
    const [without, around] = [
      flows.map(({ plain }) => plain[what]),
      flows.map(({ traced }) => traced[what]),
    ];
    console.log(
      `${what === 'said' ? 'the flow itself' : 'from the order to the answer'}: ${median(without).toFixed(0)} ms, ` +
        `traced ${median(around).toFixed(0)} ms; a pair differs by ${more.at.toFixed(0)} ms (${more.from.toFixed(0)} to ${more.to.toFixed(0)})`,
    );
  }

  const others = matchesFor(toInternet('shop', shop).spec, [shop.address], [INTERNET]);
  const script = loads(box2.pid, box1.address, others);
  const both: [plain: number, traced: number][] = [];
  while (both.length < pairs) {
    const { stdout } = await guest.exec({ purpose: same('bench'), script, asRoot: true, timeoutMs: 120_000 });
    for (const line of stdout.trim().split('\n')) both.push(line.split(' ').map(Number) as [number, number]);
  }
  const rate = (ms: number) => `${(FILE_MB / (ms / 1000)).toFixed(0)} MB/s`;
  const ratio = middle(both.map(([plain, traced]) => (100 * plain) / traced));
  console.log(
    `from container to container: ${rate(median(both.map(([plain]) => plain)))}, with a trace armed for another flow ` +
      `${rate(median(both.map(([, traced]) => traced)))}; a pair has ${ratio.at.toFixed(1)} % (${ratio.from.toFixed(1)} to ${ratio.to.toFixed(1)})`,
  );
} finally {
  await guest.close();
  rmSync(folder, { recursive: true });
  await lab.reset();
}
