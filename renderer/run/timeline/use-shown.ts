import { useEffect, useMemo, useState } from 'react';
import { useLang } from '../../lang.ts';
import { useView } from '../view-state.ts';
import { ofKind, Search, type Shown } from './filter.ts';
import type { Timeline } from './timeline.ts';

/** Typing pauses this long before it is looked for. Milliseconds. */
const PAUSE_MS = 140;
/** A frame has 16 ms; looking may take half of it. */
const SLICE_MS = 8;

function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    if (value === '') {
      setPaused('');
      return;
    }
    const timer = setTimeout(() => setPaused(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return value === '' ? '' : paused;
}

/** The rows that chip and search field leave; a search in a long run goes on in slices and shows what it has. */
export function useShown(timeline: Timeline, version: number): { shown: Shown; searching: boolean } {
  const lang = useLang();
  const kind = useView((view) => view.kind);
  const query = usePaused(useView((view) => view.query)).trim();
  const search = useMemo(
    () => (query === '' ? undefined : new Search(timeline, kind, query, lang)),
    [timeline, kind, query, lang],
  );
  const [found, setFound] = useState<{ search: Search; shown: Shown; done: boolean }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version means that there is more to look through
  useEffect(() => {
    if (search === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const slice = () => {
      const until = performance.now() + SLICE_MS;
      const done = search.work(() => performance.now() > until);
      setFound({ search, shown: search.shown, done });
      if (!done) timer = setTimeout(slice, 0);
    };
    slice();
    return () => clearTimeout(timer);
  }, [search, version]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version means more rows
  const all = useMemo(() => ofKind(timeline, kind), [timeline, kind, version]);
  if (search === undefined) return { shown: all, searching: false };
  if (found?.search !== search) return { shown: NOTHING, searching: true };
  return { shown: found.shown, searching: !found.done };
}

const NOTHING: Shown = { length: 0, at: () => 0, indexOf: () => -1 };
