import { create } from 'zustand';
import type { AppState, TroubleView } from '../shared/app-state.ts';
import { applyEvents, emptyRun, type Run, type RunEvent } from '../shared/run.ts';
import { CallFailed, call } from './api.ts';
import { rememberAbridged } from './run/abridged.ts';

/** The run on screen: its events as they came, and their fold. */
export interface WatchedRun {
  id: string;
  events: RunEvent[];
  run: Run;
  /** What came of it, told before all of a long run has come. */
  outcome?: Run;
  /** All that is stored has come; what comes now is live. */
  caughtUp: boolean;
}

/** What is on screen in the middle: a machine (with its newest run, if it has one) or one run of the past. */
export interface Selection {
  machine?: string;
  run?: string;
}

export interface Store {
  app: AppState | undefined;
  selection: Selection;
  watched: WatchedRun | undefined;
  /** Failures of calls, newest last, until the person closes them. */
  troubles: { id: number; trouble: TroubleView }[];
}

export const useStore = create<Store>(() => ({
  app: undefined,
  selection: {},
  watched: undefined,
  troubles: [],
}));

let troubleCount = 0;

/** Does a call for the person: an expected failure is shown to them, and undefined is given. */
export async function tell<T>(doing: Promise<T>): Promise<T | undefined> {
  try {
    return await doing;
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    showTrouble(error.trouble);
    return undefined;
  }
}

/** Shows the person what went wrong, until they close it. */
export function showTrouble(trouble: TroubleView): void {
  troubleCount += 1;
  const entry = { id: troubleCount, trouble };
  useStore.setState(({ troubles }) => ({ troubles: [...troubles, entry] }));
}

/** Shows a run: forgets the one before, and asks main for this one's events. */
export function watch(run: string): Promise<unknown> {
  useStore.setState({ watched: { id: run, events: [], run: emptyRun(), caughtUp: false } });
  return tell(call('watchRun', { run }));
}

/** Follows main from now on; resolves with the first state. */
export async function follow(): Promise<void> {
  window.culprit.on('state', (changed) =>
    useStore.setState(({ app }) => (app ? { app: { ...app, ...changed } } : {})),
  );
  window.culprit.on('runEvents', ({ run, first, events, abridged, caughtUp }) =>
    useStore.setState(({ watched }) => {
      // left-overs of a run that is no longer watched
      if (watched?.id !== run || first > watched.events.length) return {};
      // asked for twice in a row, a run comes twice, in pieces that need not be the same
      const fresh = events.slice(watched.events.length - first);
      rememberAbridged(events, first, abridged);
      // appended in place: copying 100,000 events for each batch is what makes long runs slow
      for (const event of fresh) watched.events.push(event);
      return { watched: { ...watched, run: applyEvents(watched.run, fresh), caughtUp } };
    }),
  );
  window.culprit.on('runOutcome', ({ run, events }) =>
    useStore.setState(({ watched }) =>
      watched?.id === run && !watched.caughtUp
        ? { watched: { ...watched, outcome: applyEvents(emptyRun(), events) } }
        : {},
    ),
  );
  useStore.setState({ app: await call('state') });
}
