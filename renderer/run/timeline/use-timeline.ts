import { useSyncExternalStore } from 'react';
import { useStore } from '../../store.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/** Rows of a stored run that are shown before all of it has come. */
const FIRST_ROWS = 1000;
const shownVersions = new WeakMap<Timeline, number>();

function versionNow(): number {
  const { watched } = useStore.getState();
  if (watched === undefined) return 0;
  const timeline = timelineOf(watched.events);
  // While a stored run is coming, its first rows are enough to look at: laying out each batch would hold the rest up.
  if (!watched.caughtUp && timeline.rows.length > FIRST_ROWS)
    return shownVersions.get(timeline) ?? remember(timeline);
  return remember(timeline);
}

function remember(timeline: Timeline): number {
  shownVersions.set(timeline, timeline.version);
  return timeline.version;
}

/** The version of the watched run's timeline: renders anew with every batch of events. */
export function useTimelineVersion(): number {
  return useSyncExternalStore(useStore.subscribe, versionNow);
}
