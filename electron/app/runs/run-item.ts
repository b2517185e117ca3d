import type { RunItem } from '../../../shared/app-state.ts';
import type { RunEvent } from '../../../shared/run.ts';
import type { RunHeader } from './run-format.ts';
import { timeOfRunId } from './run-id.ts';

/** A run in the list before its first event. */
export function newItem(id: string, { machine, name, at, focus }: RunHeader): RunItem {
  return { id, machine, machineName: name, at, focus, state: 'running' };
}

/** A run of which nothing but its name can be read. */
export function unreadableItem(id: string): RunItem {
  return {
    id,
    machine: '',
    machineName: '',
    at: timeOfRunId(id),
    focus: 'everything',
    state: 'unreadable',
  };
}

/** What an event changes in the list; the same item when it changes nothing that is worth telling at once. */
export function itemAfter(item: RunItem, event: RunEvent): RunItem {
  switch (event.type) {
    case 'cause': {
      // The root cause comes first and stays.
      if (item.grade !== undefined) return item;
      const { title, grade, owner } = event.cause;
      return { ...item, says: title, grade, ...(owner === undefined ? {} : { owner }) };
    }
    case 'verdict':
      return { ...item, verdict: event.verdict, says: item.grade ? (item.says ?? event.says) : event.says };
    case 'remedy-ended':
      // A trial is of the root cause
      if (event.outcome === 'confirmed') return { ...item, grade: 'confirmed' };
      // An undo has no verdict
      return item.says === undefined ? { ...item, says: event.says } : item;
    case 'ended':
      return { ...item, state: event.how, ms: event.t };
    default:
      return item;
  }
}
