import type { Cause } from './cause.ts';
import type { Run } from './run.ts';
import type { Journey } from './trace.ts';

/** The cause that heads the list: the one that explains the others. */
export function rootCause(run: Run): Cause | undefined {
  return run.causes[0];
}

/**
 * The journeys that show the root cause, requests before replies: those it names as evidence and the other direction of
 * the same flows; failing that, those that died in a flow it explains.
 */
export function rootJourneys(run: Run): Journey[] {
  const cause = rootCause(run);
  if (cause === undefined) return [];
  const refs = new Set(cause.evidence.filter((e) => e.kind === 'journey').map((e) => e.ref));
  const named = run.journeys.filter((j) => refs.has(j.id));
  const shown =
    named.length > 0
      ? named
      : run.journeys.filter((j) => j.at !== undefined && cause.explains.includes(j.flowId));
  // One flow tells the story; the rest stand in the evidence.
  const flowId = shown[0]?.flowId;
  const ofFlow = run.journeys.filter((j) => j.flowId === flowId);
  return [
    ...ofFlow.filter((j) => j.direction === 'request'),
    ...ofFlow.filter((j) => j.direction === 'reply'),
  ];
}
