import type { Verdict } from '../../../shared/cause.ts';
import type { FlowResult } from '../../../shared/flow.ts';
import type { RemedyOutcome } from '../../../shared/remedy.ts';
import type { Residue } from '../../../shared/residue.ts';
import type { EventOf } from '../../../shared/run.ts';
import type { Journey } from '../../../shared/trace.ts';
import type { RowState } from './rows.ts';

/** A flow that could not be tried is neither good nor bad. */
export function flowState({ outcome }: Pick<FlowResult, 'outcome'>): RowState {
  if (outcome === 'ok') return 'ok';
  return outcome === 'skipped' ? 'skipped' : 'bad';
}

/** How many flows were tried and did not work. */
export function countFailing(flows: readonly FlowResult[]): number {
  return flows.reduce((count, flow) => count + Number(flowState(flow) === 'bad'), 0);
}

/** A fact that does not apply is an answer; one that could not be had is a gap. */
export function factState({ ok, reason }: EventOf<'fact'>): RowState {
  if (ok) return 'ok';
  return reason === 'does-not-apply' ? 'skipped' : 'warn';
}

/** A non-zero exit is an answer like any other: only what did not get to its end stands out. */
export function answerState({ refused, timedOut }: EventOf<'answer'>): RowState {
  return refused !== undefined || timedOut ? 'warn' : 'ok';
}

export function journeyState({ end }: Journey): RowState {
  if (end === 'delivered') return 'ok';
  if (end === 'passed') return 'info';
  return end === 'lost' ? 'warn' : 'bad';
}

/** Lines that appeared or went while the run was under way. */
export function residueLines({ rules, sysctls, interfaces, processes }: Residue): string[] {
  return [...rules, ...sysctls, ...interfaces, ...processes];
}

export function residueState(residue: Residue): RowState {
  return residue.checked && residueLines(residue).length === 0 ? 'ok' : 'warn';
}

export const VERDICT_STATES = {
  healthy: 'ok',
  problem: 'bad',
  'cannot-tell': 'warn',
  fixed: 'ok',
} satisfies Record<Verdict, RowState>;

export const REMEDY_STATES = {
  declined: 'skipped',
  impossible: 'warn',
  'rolled-back': 'warn',
  'half-done': 'bad',
  confirmed: 'ok',
  'not-confirmed': 'warn',
  fixed: 'ok',
  'not-fixed': 'warn',
  made: 'ok',
  undone: 'ok',
} satisfies Record<RemedyOutcome, RowState>;

export const END_STATES = { done: 'info', cancelled: 'warn', failed: 'bad' } satisfies Record<
  EventOf<'ended'>['how'],
  RowState
>;
