import { readFileSync } from 'node:fs';
import { quote } from '../connect/quote.ts';
import { flowScript } from '../flow/script.ts';
import type { TraceTask } from './backend.ts';
import { LIMIT_S } from './listen.ts';
import { SENTINEL } from './own-table.ts';

// Each written out: the window's build looks for literal paths.
/** Bash that arms and, when its input ends or its time is over, disarms; see keep.sh. */
export const KEEP = readFileSync(new URL('./backends/keep.sh', import.meta.url), 'utf8');
const HOLD = readFileSync(new URL('./backends/keeper.sh', import.meta.url), 'utf8');
const LISTEN = readFileSync(new URL('./backends/listen.sh', import.meta.url), 'utf8');

/** Seconds after which the keeper takes back what it armed, whatever happened to everything else. */
const KEEP_S = LIMIT_S + 5;

/** What a backend arms by itself has no owner flag: a keeper in the guest takes it back. */
export interface Kept {
  /** Variables for the keeper, by name. */
  variables: Record<string, string>;
  /** Bash that defines arm() and disarm(). */
  arms: string;
  /** Bash that listens, to standard output, and ends when it can't any more. */
  monitor: string;
}

/** The whole script of a backend that a keeper arms. */
export function keptScript(task: Pick<TraceTask, 'trials'>, { variables, arms, monitor }: Kept): string {
  const set = Object.entries(variables).map(([name, value]) => `${name}=${quote(value)}\n`);
  const body = [
    `KEEP=${quote(`${set.join('')}${arms}${KEEP}`)}`,
    `MONITOR_SH=${quote(monitor)}`,
    `SENTINEL=${SENTINEL}`,
    `LIMIT=${LIMIT_S} KEEP_LIMIT=${KEEP_S}`,
    `flows() {\n${flowScript(task.trials)}}`,
    HOLD + LISTEN,
  ].join('\n');
  return `exec bash -c ${quote(body)}`;
}
