/**
 * The daemon of one machine: `tsx daemon.ts RUNDIR`. It lives in the normal network namespace, listens on the
 * forwarded ports, owns QEMU's monitor and obeys the control socket. When it ends, everything ends with it.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { eventually } from '../run.ts';
import { files, type HostConfig } from './config.ts';
import { Forwards } from './forwards.ts';
import { Monitor } from './qmp.ts';
import { obey } from './words.ts';

const runDir = process.argv[2] ?? '';
const config = JSON.parse(readFileSync(files.config(runDir), 'utf8')) as HostConfig;
for (const file of [files.control, files.inner, files.qmp]) rmSync(file(runDir), { force: true });

const inner = spawn(
  'setpriv',
  [
    ...['--pdeathsig', 'TERM', 'unshare', '--net', '--mount'],
    ...[process.execPath, ...process.execArgv, `${import.meta.dirname}/inner.ts`, runDir],
  ],
  { stdio: ['pipe', 'inherit', 'inherit'] },
);
writeFileSync(files.pids(runDir), JSON.stringify({ daemon: process.pid, inner: inner.pid }));
inner.stdin.on('error', () => undefined);
inner.on('exit', (code) => {
  rmSync(files.control(runDir), { force: true });
  process.exit(code ?? 1);
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => inner.stdin.end());

const monitor = new Monitor(files.qmp(runDir));
await monitor.open(30_000);
const tellInner = (word: string) => inner.stdin.write(`${word}\n`);

async function startFrom(snapshot: string): Promise<void> {
  const pid = () => readFileSync(files.alive(runDir), 'utf8');
  const before = pid();
  tellInner(`load ${snapshot}`);
  // One that is ending still takes connections
  if (!(await eventually(async () => pid() !== before, 20_000, 50))) throw new Error('QEMU does not end');
  await monitor.open(60_000);
}

const machine = { monitor, forwards: new Forwards(monitor, runDir), tellInner, startFrom };
for (const forward of config.forwards) await machine.forwards.add(forward);

createServer({ allowHalfOpen: true }, (client) => {
  client.on('error', () => client.destroy());
  createInterface({ input: client }).once('line', async (line) => {
    const reply = await obey(machine, line).catch((error: Error) => ({ error: error.message }));
    client.end(`${JSON.stringify(reply ?? {})}\n`);
  });
}).listen(files.control(runDir));
