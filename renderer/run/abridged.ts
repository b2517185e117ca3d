import type { RunEvent } from '../../shared/run.ts';
import type { Journey } from '../../shared/trace.ts';

/** What rows and pictures hold of an event. */
export type Part = RunEvent | Journey;

/** What the window has of a run that is not whole, with the event's position in the run. */
const places = new WeakMap<Part, number>();

export function partOf(event: RunEvent): Part {
  return event.type === 'journey' ? event.journey : event;
}

/** Remembers the events of a list, from the position `first` of the run on, that lack something. */
export function rememberAbridged(
  events: readonly RunEvent[],
  first: number,
  abridged: readonly number[],
): void {
  for (const at of abridged) {
    const event = events[at - first];
    if (event !== undefined) places.set(partOf(event), at);
  }
}

/** The event's position in the run, where the window has not all of it. */
export function placeOfAbridged(part: Part | undefined): number | undefined {
  return part === undefined ? undefined : places.get(part);
}
