import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureImage, imageOf } from './build/image.ts';
import type { Image } from './build/recipe.ts';
import { control } from './control.ts';
import { type Base, baseUp } from './faults.ts';
import { type Forward, MAC_SIDES } from './host/config.ts';
import { knownPorts, runDir } from './paths.ts';
import { eventually, LabError } from './run.ts';
import { freshOverlay, makeOverlay, overlayOf, READY, saveSnapshot } from './snapshots.ts';
import { ssh } from './ssh.ts';
import type { Suite } from './suites.ts';
import { dropRegistry, restoreRegistry } from './vbox/registry.ts';
import { registerMachines } from './vbox/vbox.ts';
import { hostIsUp, standardForwards, startHost, stopHost, waitForSsh } from './vm.ts';

const CONTAINERS = 4;

const stateFile = (port: number) => join(runDir(port), 'lab.json');
const touchedFile = (port: number) => join(runDir(port), 'touched');

/** Suite of the machine on `port`, if it is up and has its snapshot. */
export function suiteOf(port: number): string | undefined {
  if (!hostIsUp(runDir(port)) || !existsSync(stateFile(port))) return undefined;
  return (JSON.parse(readFileSync(stateFile(port), 'utf8')) as { suite: string }).suite;
}

/** Ports of the machines that are up. */
export function portsUp(): number[] {
  return knownPorts().filter((port) => suiteOf(port) !== undefined);
}

/** Starts a machine of the suite: from a cached snapshot where there is one, else it boots and saves one. */
export async function bootMachine(suite: Suite, port: number, say: (line: string) => void): Promise<void> {
  const image = await ensureImage(suite, say);
  const dir = runDir(port);
  await removeMachine(port);
  mkdirSync(dir, { recursive: true });
  if (!(await makeOverlay(image, port)) || !(await startWarm(image, port, say)))
    await coldBoot(image, port, say);
  await registerMachines(port, say);
  writeFileSync(stateFile(port), JSON.stringify({ suite: suite.name }));
}

async function startWarm(image: Image, port: number, say: (line: string) => void): Promise<boolean> {
  try {
    await startHost(runDir(port), image, overlayOf(port), standardForwards(port), READY);
    await guestReady(port);
    return true;
  } catch (error) {
    say(`the cached snapshot is no good (${(error as Error).message}); booting afresh`);
    await stopHost(runDir(port));
    await freshOverlay(image, port);
    return false;
  }
}

async function coldBoot(image: Image, port: number, say: (line: string) => void): Promise<void> {
  say('booting (a minute or two)');
  await startHost(runDir(port), image, overlayOf(port), standardForwards(port));
  await waitForSsh(runDir(port), port);
  await containersUp(port);
  await quiet(port);
  await saveSnapshot(image, port, READY);
}

/** Waits until docker answers and runs every container; old dockers leave one down now and then. */
async function containersUp(port: number): Promise<void> {
  const count = `[ "$(docker ps -q 2>/dev/null | wc -l)" = ${CONTAINERS} ]`;
  const wait = `n=0; until ${count}; do n=$((n+1)); [ $n -lt 90 ] || exit 1; [ $n -lt 15 ] || docker start $(docker ps -aq); sleep 1; done`;
  const done = await ssh(port, wait, { timeoutMs: 240_000 });
  if (done.code !== 0)
    throw new LabError(`The containers did not start: ${done.stderr.trim() || 'no reason given'}`);
}

/** Waits until the guest has booted to the end and no ssh connection is open: a calm moment to save. */
async function quiet(port: number): Promise<void> {
  await ssh(port, 'systemctl is-system-running --wait', { timeoutMs: 120_000 });
  const idle = async () => {
    const { forwards } = (await control(port, 'forwards')) as { forwards: { connections: number }[] };
    return forwards.every((forward) => forward.connections === 0);
  };
  if (!(await eventually(idle, 20_000, 200))) throw new LabError('Connections to the guest stay open.');
}

/** Back to the snapshot `ready`, with everything on the host side in order, the clock right and docker answering. */
export async function resetMachine(port: number): Promise<void> {
  await restoreForwards(port);
  await restoreRegistry(port);
  rmSync(touchedFile(port), { force: true });
  for (const word of [...MAC_SIDES.map((side) => `${side}-on`), 'link-on', 'ssh-loud'])
    await control(port, word);
  await control(port, 'loadvm', READY);
  await guestReady(port);
}

/** Loads the snapshot of a base, made on first use; only for a machine as `reset` leaves it. */
export async function loadBase(suite: Suite, port: number, base: Base): Promise<void> {
  if (existsSync(touchedFile(port))) return;
  try {
    await control(port, 'loadvm', base);
  } catch {
    await baseUp(port, base);
    await quiet(port);
    await saveSnapshot(await imageOf(suite), port, base);
  }
  await guestReady(port);
}

/** Notes that a fault was injected since the last reset. */
export function touch(port: number): void {
  writeFileSync(touchedFile(port), '');
}

/** Sets the guest's clock and waits until docker answers with every container running. */
async function guestReady(port: number): Promise<void> {
  const ready = async () => {
    const now = Math.floor(Date.now() / 1000);
    const check = `date -s @${now} >/dev/null && [ "$(docker ps -q | wc -l)" = ${CONTAINERS} ]`;
    // On a busy host logging in alone can take twenty seconds: a try that is given up too early never ends well
    return (await ssh(port, check, { timeoutMs: 60_000 })).code === 0;
  };
  if (!(await eventually(ready, 180_000)))
    throw new LabError('The guest does not answer after loading its snapshot.');
}

/** Brings the forwards back to those that every machine has. */
async function restoreForwards(port: number): Promise<void> {
  const standard = standardForwards(port);
  const { forwards } = (await control(port, 'forwards')) as { forwards: Forward[] };
  const isStandard = (one: Forward) =>
    standard.some((each) => each.name === one.name && each.guestIp === one.guestIp);
  for (const one of forwards) if (!isStandard(one)) await control(port, 'unforward', one.name);
  for (const { name, hostIp, hostPort, guestIp, guestPort } of standard)
    if (!forwards.some((one) => one.name === name && isStandard(one)))
      await control(port, 'forward', name, 'tcp', hostIp, String(hostPort), guestIp, String(guestPort));
}

/** Ends the machine and removes what it left, except its image. */
export async function removeMachine(port: number): Promise<void> {
  await stopHost(runDir(port));
  await dropRegistry(port);
  rmSync(runDir(port), { recursive: true, force: true });
}
