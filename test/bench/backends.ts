/**
 * Each way of tracing on a lab machine, against seven drops: `npm run bench:backends -- [--suite SUITE] [--base legacy]
 * [--only FAULT]... [--backend ID]... [--times N] [--busy] [--port PORT]`. Prints a line a run and a table in Markdown at the
 * end; what was answered is kept in out/bench/, a line of JSON a run. With `--busy` another container downloads all the time, and a journey of
 * anybody else's packet counts as wrong.
 */
import { parseArgs } from 'node:util';
import { BACKENDS } from '../../electron/trace/backends/registry.ts';
import type { RunJson } from '../../shared/run-json.ts';
import type { Lab } from '../lab/lab.ts';
import { EVERY_FAULT } from '../lab-cases/cases.ts';
import { diagnoseLab, ONE_TARGET } from '../lab-cases/cli.ts';
import { labAt } from '../lab-cases/lab-at.ts';
import { keptRows } from './kept-rows.ts';
import { score } from './score.ts';

/** The original fault, and drops in raw, mangle, iptables-legacy, native nftables at two hooks, and DOCKER-USER. */
const DROPS = [
  'fw-docker0-not-in-zone',
  'ipt-raw-prerouting-drop',
  'ipt-mangle-forward-drop',
  'ipt-legacy-rule-drop',
  'nft-inet-prerouting-early-drop',
  'nft-set-blocklist',
  'ipt-docker-user-drop',
];
/** Where the other container's packets go with `--busy`: no flow of ours does. */
const DOWNLOADS_FROM = '1.1.1.1';
const AUTO = 'auto';

const { values } = parseArgs({
  options: {
    suite: { type: 'string', default: 'bookworm' },
    base: { type: 'string', default: 'plain' },
    only: { type: 'string', multiple: true, default: DROPS },
    backend: { type: 'string', multiple: true, default: [AUTO, ...BACKENDS.map(({ id }) => id)] },
    times: { type: 'string', default: '1' },
    busy: { type: 'boolean', default: false },
    port: { type: 'string' },
  },
});
const { suite, base, only, backend: asked, busy } = values;
const times = Number(values.times);

interface Row {
  fault: string;
  asked: string;
  used: string;
  /** `right`, how it was wrong, or why this way was refused. */
  says: string;
  seconds: number;
  run?: RunJson;
}

/** LOG rules name no rule: right is who says where the packet was last seen and who can have ended it. */
function loggedWell({ causes, journeys }: RunJson): boolean {
  const tells = journeys.some(
    (j) => j.end === 'lost' && j.last !== undefined && (j.suspects ?? []).length > 0,
  );
  return causes.length === 0 && tells;
}

function judge(run: RunJson, cause: string, terms: readonly string[], way: string): string {
  const stray = run.journeys.filter(({ packet }) => [packet.src, packet.dst].includes(DOWNLOADS_FROM));
  if (busy && stray.length > 0) return `${stray.length} journeys of others`;
  const used = run.tracer?.backend ?? undefined;
  if (way !== AUTO && used !== way) {
    const why = run.tracer?.whyNot.find(({ backend }) => backend === way)?.why;
    return why === undefined ? 'nothing to trace' : `refused: ${why}`;
  }
  if (used === 'log' && run.verdict === 'cannot-tell') return loggedWell(run) ? 'last seen' : 'silent';
  const says = score(run, { cause, terms });
  return says === 'right' && run.causes[0]?.grade !== 'traced' ? `right, but ${run.causes[0]?.grade}` : says;
}

async function runOnce(lab: Lab, fault: string, way: string, terms: readonly string[]): Promise<Row> {
  const row = { fault, asked: way, used: '', seconds: 0 };
  const cause = EVERY_FAULT.find((known) => known.fault === fault)?.cause ?? 'netfilter-drop';
  try {
    const { run, ms } = await diagnoseLab(lab, [
      ...ONE_TARGET,
      ...(way === AUTO ? [] : ['--trace-backend', way]),
    ]);
    const { rules, processes } = run.residue;
    const left = rules.length + processes.length > 0 ? ', left something behind' : '';
    const says = `${judge(run, cause, terms, way)}${left}`;
    return { ...row, used: run.tracer?.backend ?? '', says, seconds: ms / 1000, run };
  } catch (error) {
    return { ...row, says: `broke: ${error instanceof Error ? error.message : String(error)}` };
  }
}

const lab = await labAt(suite, values.port);
const rows: Row[] = [];
const { file, keep } = keptRows(`backends-${suite}-${base}`);
for (const fault of only) {
  await lab.reset();
  if (base === 'legacy') await lab.base('legacy');
  let terms: readonly string[];
  try {
    ({ expectTerms: terms } = await lab.fault(fault));
  } catch (error) {
    console.log(`${fault}: ${error instanceof Error ? error.message : error}`);
    continue;
  }
  if (busy) {
    const started = await lab.ssh(
      `docker exec -d box2 sh -c 'while :; do wget -q -O /dev/null http://${DOWNLOADS_FROM}/big || sleep 0.1; done'`,
    );
    if (started.code !== 0) throw new Error(`no download could be started: ${started.stderr}`);
  }
  for (const way of asked) {
    for (let i = 0; i < times; i++) {
      const row = await runOnce(lab, fault, way, terms);
      rows.push(row);
      keep(row);
      console.log(
        `${fault.padEnd(32)} ${way.padEnd(16)} ${row.used.padEnd(16)} ${row.seconds.toFixed(0).padStart(4)} s  ${row.says}`,
      );
    }
  }
}
await lab.reset();

/** What was said in all runs of a cell: once where all said the same, otherwise each with its number. */
function cell(fault: string, way: string): string {
  const said = rows.filter((row) => row.fault === fault && row.asked === way).map(({ says }) => says);
  const kinds = [...new Set(said)];
  return kinds
    .map((kind) => (said.length > 1 ? `${said.filter((s) => s === kind).length}× ${kind}` : kind))
    .join('; ');
}
console.log(`\n| ${suite}, ${base}${busy ? ', busy' : ''} | ${asked.join(' | ')} |`);
console.log(`| --- |${' --- |'.repeat(asked.length)}`);
for (const fault of only) console.log(`| ${fault} | ${asked.map((way) => cell(fault, way)).join(' | ')} |`);

console.log(`Kept in ${file}`);
