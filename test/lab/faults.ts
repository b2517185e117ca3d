import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADAPTERS, type Adapter, MAC_SIDES } from './host/config.ts';
import { LabError } from './run.ts';
import { ssh } from './ssh.ts';

const DIR = join(import.meta.dirname, 'faults');

/** Other machines than a plain one, and the function of _lib.sh that makes each. */
const BASES = {
  /** firewalld under docker, as on a machine that booted with it. */
  firewalld: 'fwup && fwzones',
  /** Docker's rules in iptables-legacy, and none in nftables. */
  legacy: 'legacyup',
} as const;
export type Base = keyof typeof BASES;

/** The base of that name; undefined when there is none. */
export function findBase(name: string): Base | undefined {
  return (Object.keys(BASES) as Base[]).find((base) => base === name);
}

/**
 * What a fault can switch off on the host's ("the Mac's") side: what the daemon knows, the cable, the forward to the published
 * port, or that forward's guest address.
 */
export const HOST_SIDES = [...MAC_SIDES, ...(['link', 'forward', 'forward-guest'] as const)];
export type HostSide = (typeof HOST_SIDES)[number];

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
  readonly host?: HostSide;
  /** A second adapter that the machine gets before the fault is injected. */
  readonly adapter?: Adapter;
  /** What the machine has to be like before: it takes minutes to set up, so there is a snapshot of it. */
  readonly base?: Base;
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
  const host = HOST_SIDES.find((side) => side === value('host'));
  const adapter = ADAPTERS.find((kind) => kind === value('adapter'));
  const base = findBase(value('base'));
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
    ...(base ? { base } : {}),
    ...(host ? { host } : {}),
    ...(adapter ? { adapter } : {}),
  };
}

/** Runs one of a fault's two functions in the guest, as root. */
export async function runFault(port: number, name: string, part: 'inject' | 'restore'): Promise<void> {
  const script = readFileSync(join(DIR, `${name}.sh`), 'utf8');
  await runInGuest(port, name, `${script}\n${part === 'inject' ? 'set -e\ninject' : 'restore'}\n`);
}

/** Makes a machine such a one. */
export async function baseUp(port: number, base: Base): Promise<void> {
  await runInGuest(port, base, `${BASES[base]}\n`);
}

async function runInGuest(port: number, name: string, script: string): Promise<void> {
  const library = readFileSync(join(DIR, '_lib.sh'), 'utf8');
  const done = await ssh(port, 'bash -s', { input: `${library}\n${script}`, timeoutMs: 600_000 });
  if (done.code === 0) return;
  const complaint = `${done.stdout}\n${done.stderr}`.trim().split('\n').at(-1);
  throw new LabError(`The script of ${name} failed (${done.code}): ${complaint || 'it said nothing'}`);
}
