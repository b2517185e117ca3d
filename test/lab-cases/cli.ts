import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { RunJson } from '../../shared/run-json.ts';
import type { Lab } from '../lab/lab.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
  ms: number;
}

export interface CliOptions {
  env?: Record<string, string>;
  /** Written to standard input, which is closed then. */
  input?: string;
  signal?: AbortSignal;
}

/** Runs the command line as a user would, in a process of its own. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'electron/cli.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
  });
  const out = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    out.stderr += text;
  });
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  options.signal?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...out, ms: performance.now() - began }));
  });
}

/** Arguments and environment that reach a lab machine as a user of VirtualBox would. */
export function toLab(lab: Lab, user = 'root'): { args: string[]; env: Record<string, string> } {
  return {
    args: ['--vm', lab.uuid, '--user', user, '--identity', lab.keyPath],
    env: {
      CULPRIT_VBOXMANAGE: lab.vboxManage,
      CULPRIT_DATA: join(process.env.TMPDIR ?? '/tmp', `culprit-test-${lab.port}`),
    },
  };
}

/** One target in place of three, where it does not matter how many addresses are out of reach: fewer flows, less time. */
export const ONE_TARGET = ['--target', 'http://203.0.113.10'] as const;

/** Diagnoses a lab machine through VBoxManage; the answer is checked against the schema. */
export async function diagnoseLab(
  lab: Lab,
  more: readonly string[] = [],
): Promise<CliResult & { run: RunJson }> {
  const { args, env } = toLab(lab);
  const result = await runCli([...args, '--json', ...more], { env });
  if (!result.stdout.trim()) throw new Error(`no JSON came out (exit ${result.code}): ${result.stderr}`);
  return { ...result, run: RunJson.parse(JSON.parse(result.stdout)) };
}

/** What a run came to, with the reasons it gives itself: what a test that fails should show. */
export function outcome({ code, run }: { code: number | null; run: RunJson }) {
  const { verdict, says, ended, notes } = run;
  const causes = run.causes.map(({ id }) => id);
  const troubles = run.troubles.map((trouble) => trouble.says);
  const steps = run.steps.map(({ id, ms }) => `${id} ${ms}`).join(', ');
  return { code, verdict, says, ended, causes, troubles, notes, steps };
}
