import type { Run } from './run.ts';

/** What begins a run again that was cut short. `look`: a diagnosis and nothing else. */
export type Again =
  | { kind: 'look' }
  | { kind: 'trial' }
  | { kind: 'fix'; id: string }
  /** The run whose fix is to be taken back. */
  | { kind: 'undo'; run: string };

/**
 * What takes up a run that did not come to its end: what was ordered in it. When that had come to an end of its own, or its fix
 * may stand in the guest already, only looking tells how things are. Undefined of a run that came to its end.
 */
export function againOf({ started, ended, remedies }: Run): Again | undefined {
  if (ended?.how === 'done') return undefined;
  const { remedy: kind, which } = started ?? {};
  const last = remedies.at(-1);
  if (last?.end !== undefined || last?.stands !== undefined) return { kind: 'look' };
  if (kind === 'trial') return { kind };
  if (kind === 'fix' && which !== undefined) return { kind, id: which };
  if (kind === 'undo' && which !== undefined) return { kind, run: which };
  return { kind: 'look' };
}
