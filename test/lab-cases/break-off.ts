import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Lab } from '../lab/lab.ts';
import { toLab } from './cli.ts';
import { untilClean } from './state.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Ways of ending a run that nobody planned for, and how soon the guest has to be as before. */
export const WAYS = {
  /** The command is killed with SIGKILL. */
  kill: { limitMs: 5_000 },
  /** The SSH connection is reset. */
  reset: { limitMs: 5_000 },
  /** The link goes silent: no byte and no reset in either direction. */
  silent: { limitMs: 20_000 },
  /** The guest stands still for a minute and goes on, as when a Mac slept: the run itself must come to an end after it. */
  frozen: { limitMs: 5_000 },
} as const;
export type Way = keyof typeof WAYS;

export interface BrokenOff {
  way: Way;
  /** Milliseconds after the start, or for a link after it was there, at which it was broken off. */
  after: number;
  /** What was left when the time was over. */
  left: string[];
  /** Milliseconds until nothing was left. */
  ms: number;
}

/** How long the guest stands still, in milliseconds. */
const FROZEN_MS = 60_000;

/** Starts a run as the user dev, breaks it off after `after` milliseconds, and waits for the guest to be as before. */
export async function breakOff(
  lab: Lab,
  way: Way,
  after: number,
  before: readonly string[],
  more: readonly string[] = [],
): Promise<BrokenOff> {
  const { args, env } = toLab(lab, 'dev');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'electron/cli.ts', ...args, ...more, '--ask-sudo', '--json'],
    {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  child.stdin.on('error', () => undefined).end(`${lab.password}\n`);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  // A link can be broken only once there is one: its time counts from there
  const connected = new Promise<void>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (/Connect/.test(text)) resolve();
    });
  });
  if (way !== 'kill') await Promise.race([ended, connected]);
  // the moment is the test: nothing is waited for here
  await Promise.race([ended, pause(after)]);
  await BREAK[way](lab, child);
  if (way === 'frozen') await ended;
  const clean = await untilClean(lab, before, WAYS[way].limitMs);
  if (way === 'silent') await lab.mac('ssh-loud');
  child.kill('SIGKILL');
  await ended;
  return { way, after: Math.round(after), left: clean.left, ms: Math.round(clean.ms) };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const BREAK: Record<Way, (lab: Lab, child: ChildProcess) => Promise<unknown>> = {
  kill: async (_, child) => child.kill('SIGKILL'),
  reset: (lab) => lab.mac('ssh-reset'),
  silent: (lab) => lab.mac('ssh-silent'),
  frozen: async (lab) => {
    await lab.pause();
    await pause(FROZEN_MS);
    await lab.resume();
  },
};

/** Moments spread evenly over a run, each moved at random within its share, so that no stage is left out. */
export function moments(count: number, runMs: number): number[] {
  return Array.from({ length: count }, (_, i) => ((i + Math.random()) / count) * runMs);
}
