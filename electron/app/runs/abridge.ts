import type { RunEvent } from '../../../shared/run.ts';

/** Characters of a command's output that the window gets at once. */
const OUTPUT = 8192;
/** So many events of a run go nearly whole: an ordinary run has some hundred. */
const WHOLE = 2000;
/** Characters of a command's script after these. */
const SCRIPT = 300;

export interface Abridged {
  events: RunEvent[];
  /** Positions in the run of the events that lack something; `runEvent` gives all of each. */
  abridged: number[];
}

/**
 * Events as the window gets them, from the position `first` of a run on: without the rest of long outputs, and in a long
 * run without what only an open row or the packet's picture shows. Half a second of each second that it takes to open
 * 100,000 events would be spent on carrying that over.
 */
export function abridge(events: readonly RunEvent[], first: number): Abridged {
  const abridged: number[] = [];
  return {
    events: events.map((event, n) => {
      const less = lessOf(event, first + n >= WHOLE);
      if (less !== event) abridged.push(first + n);
      return less;
    }),
    abridged,
  };
}

function lessOf(event: RunEvent, isLong: boolean): RunEvent {
  switch (event.type) {
    case 'answer': {
      const { stdout, stderr } = event;
      if (stdout.length <= OUTPUT && stderr.length <= OUTPUT) return event;
      return { ...event, stdout: stdout.slice(0, OUTPUT), stderr: stderr.slice(0, OUTPUT) };
    }
    case 'command':
      if (!isLong || event.script.length <= SCRIPT) return event;
      return { ...event, script: event.script.slice(0, SCRIPT) };
    case 'journey': {
      if (!isLong || event.journey.stops.length === 0) return event;
      const { missed: _, ...journey } = event.journey;
      return { ...event, journey: { ...journey, stops: [] } };
    }
    default:
      return event;
  }
}
