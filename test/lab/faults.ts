import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from './run.ts';
import { ssh } from './ssh.ts';

const DIR = join(import.meta.dirname, 'faults');

/** The header of a fault's file. */
export interface Fault {
  readonly id: string;
  readonly title: string;
  readonly family: string;
  /** What a user would say. */
  readonly symptom: string;
  /** The cause to name, or "healthy: …". */
  readonly expect: string;
  /** Words a right answer contains. */
  readonly expectTerms: readonly string[];
  /** Which traffic it breaks, in words. */
  readonly flow: string;
  /** Names of the flows that fail; empty for a healthy machine. */
  readonly probes: readonly string[];
  /** Names of the flows that may fail. */
  readonly maybe: readonly string[];
  readonly suites: readonly string[];
  /** A fault of the host's side instead of the guest's. */
  readonly host?: 'dns' | 'net' | 'link';
  /** It needs firewalld running under docker, which takes minutes to set up: there is a snapshot for it. */
  readonly base?: 'firewalld';
}

/** Names of all faults. */
export function faultNames(): string[] {
  const names = readdirSync(DIR).map((file) => file.replace(/\.sh$/, ''));
  return names.filter((name) => !name.startsWith('_')).sort();
}

/** Reads the header of one fault. */
export function findFault(name: string): Fault {
  const file = join(DIR, `${name}.sh`);
  if (!/^[a-z0-9-]+$/.test(name) || !existsSync(file)) throw new LabError(`There is no fault ${name}.`);
  const text = readFileSync(file, 'utf8');
  const value = (key: string) => text.match(new RegExp(`^# ${key}: *(.*)$`, 'm'))?.[1] ?? '';
  const words = (key: string) => value(key).split(/\s+/).filter(Boolean);
  const host = value('host');
  return {
    id: name,
    title: value('title'),
    family: value('family'),
    symptom: value('symptom'),
    expect: value('expect'),
    expectTerms: value('expect_terms').split(/, */),
    flow: value('flow'),
    probes: words('probes').filter((word) => word !== 'none'),
    maybe: words('maybe'),
    suites: words('suites'),
    ...(value('base') === 'firewalld' ? { base: 'firewalld' as const } : {}),
    ...(host === 'dns' || host === 'net' || host === 'link' ? { host } : {}),
  };
}

/** Runs one of a fault's two functions in the guest, as root. */
export async function runFault(port: number, name: string, part: 'inject' | 'restore'): Promise<void> {
  const script = readFileSync(join(DIR, `${name}.sh`), 'utf8');
  await runInGuest(port, name, `${script}\n${part === 'inject' ? 'set -e\ninject' : 'restore'}\n`);
}

/** Sets firewalld up as it is on a machine that booted with it. */
export async function firewalldUp(port: number): Promise<void> {
  await runInGuest(port, 'firewalld', 'fwup && fwzones\n');
}

async function runInGuest(port: number, name: string, script: string): Promise<void> {
  const library = readFileSync(join(DIR, '_lib.sh'), 'utf8');
  const done = await ssh(port, 'bash -s', { input: `${library}\n${script}`, timeoutMs: 600_000 });
  if (done.code === 0) return;
  const complaint = `${done.stdout}\n${done.stderr}`.trim().split('\n').at(-1);
  throw new LabError(`The script of ${name} failed (${done.code}): ${complaint || 'it said nothing'}`);
}
