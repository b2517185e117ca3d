import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { acceleration } from './build/accel.ts';
import type { Image } from './build/recipe.ts';
import { type Forward, files, type HostConfig } from './host/config.ts';
import { qemuCommand } from './host/qemu.ts';
import { eventually, LabError } from './run.ts';
import { ssh } from './ssh.ts';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const GUEST = '10.0.2.15';

/** Node's arguments that run a TypeScript file from any directory. */
export const NODE_TS = ['--import', TSX];

/** The forwards every machine has. */
export function standardForwards(port: number): Forward[] {
  const rows: [string, number, number][] = [
    ['ssh', port, 22],
    ['web', port + 1000, 8080],
    ['alt', port + 2000, 8081],
  ];
  return rows.map(([name, hostPort, guestPort]) => ({
    name,
    hostIp: '127.0.0.1',
    hostPort,
    guestIp: GUEST,
    guestPort,
  }));
}

/** Starts the daemon (and with it QEMU) of a machine; it outlives this process. With `snapshot`, from there. */
export async function startHost(
  dir: string,
  image: Image,
  disk: string,
  forwards: Forward[],
  snapshot?: string,
) {
  mkdirSync(dir, { recursive: true });
  if (files.control(dir).length > 100)
    throw new LabError(`The cache's path is too long for unix sockets: ${dir}.`);
  const { args: accel } = await acceleration(image);
  const qemu = qemuCommand(dir, image, disk, accel);
  const config: HostConfig = { runDir: dir, forwards, qemu, snapshot };
  writeFileSync(files.config(dir), JSON.stringify(config, null, 2));
  const log = openSync(files.log(dir), 'w');
  const daemon = `${import.meta.dirname}/host/daemon.ts`;
  const child = spawn(process.execPath, [...NODE_TS, daemon, dir], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  const up = await eventually(
    async () => existsSync(files.control(dir)) || child.exitCode !== null,
    40_000,
    100,
  );
  if (!up || child.exitCode !== null)
    throw new LabError(`The machine did not start: ${lastLine(files.log(dir))}`);
}

/** Waits until the guest answers ssh. */
export async function waitForSsh(dir: string, port: number): Promise<void> {
  const answers = async () => {
    if (!existsSync(files.alive(dir))) throw new LabError(`The machine ended: ${lastLine(files.log(dir))}`);
    return (await ssh(port, 'true', { timeoutMs: 10_000 })).code === 0;
  };
  if (!(await eventually(answers, 600_000, 1000)))
    throw new LabError('The guest did not answer ssh in ten minutes.');
}

/** Is this process there and not a zombie? */
export function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, 'latin1'));
}

/** Is the machine of this run directory running? */
export function hostIsUp(dir: string): boolean {
  return existsSync(files.alive(dir)) && isRunning(Number(readFileSync(files.alive(dir), 'utf8')));
}

/** Ends the machine and everything it started; waits until its processes are gone. */
export async function stopHost(dir: string): Promise<void> {
  if (!existsSync(files.pids(dir))) return;
  const { daemon, inner } = JSON.parse(readFileSync(files.pids(dir), 'utf8')) as {
    daemon: number;
    inner: number;
  };
  const ours = (pid: number) =>
    isRunning(pid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(dir);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (const pid of [daemon, inner]) if (ours(pid)) process.kill(pid, signal);
    if (await eventually(async () => !ours(daemon) && !ours(inner) && !hostIsUp(dir), 10_000, 100)) return;
  }
  throw new LabError(`The machine in ${dir} did not end.`);
}

function lastLine(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '';
}
