import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import ArrowDown from 'lucide-react/icons/arrow-down';
import { type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { call } from '../../api.ts';
import { usePhrases } from '../../lang.ts';
import { tell } from '../../store.ts';
import { toggleRow, useView, useViewStore } from '../view-state.ts';
import type { Shown } from './filter.ts';
import { TIMELINE_PHRASES } from './phrases.ts';
import { TimelineRow } from './row.tsx';
import { commandOf } from './rows.ts';
import css from './timeline.module.css';
import type { Timeline } from './timeline.ts';

/** Height of a closed row, in pixels; the style sheet has the same. */
const ROW = 30;
/** Places for rows are added so many at a time. */
const PLACES = 16;
/** So near to the end counts as at the end. */
const NEAR = 24;

interface RowListProps {
  id: string;
  timeline: Timeline;
  shown: Shown;
  run: string;
  live: boolean;
}

/** The rows that are in sight, of however many; follows the newest until the person scrolls away. */
export function RowList({ id, timeline, shown, run, live }: RowListProps) {
  const say = usePhrases(TIMELINE_PHRASES);
  const view = useViewStore();
  const opened = useView((state) => state.opened);
  const activeRow = useView((state) => state.active);
  const target = useView((state) => state.target);
  const scroller = useRef<HTMLDivElement>(null);
  /** The row that is to have the focus once it is there. */
  const focusNext = useRef<number>(undefined);
  const [following, setFollowing] = useState(live);
  // A run of the past is read from its beginning; one that was followed is followed to its last row.
  const [wasLive] = useState(live);
  const active = Math.max(0, shown.indexOf(activeRow));

  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: useCallback((n: number) => shown.at(n), [shown]),
    overscan: 8,
    // The row with the focus stays, wherever the list is scrolled to.
    rangeExtractor: useCallback(
      (range: Range) => {
        const seen = defaultRangeExtractor(range);
        if (seen.includes(active) || active >= range.count) return seen;
        return [...seen, active].sort((a, b) => a - b);
      },
      [active],
    ),
  });

  const inSight = virtualizer.getVirtualItems();
  // As many places as there are rows at once, hardly more: wherever the list is scrolled to, each place gets another row.
  const places = useRef(0);
  places.current = Math.max(places.current, Math.ceil(inSight.length / PLACES) * PLACES);

  // Follows the newest row.
  useLayoutEffect(() => {
    if (following && wasLive && shown.length > 0)
      virtualizer.scrollToIndex(shown.length - 1, { align: 'end' });
  }, [following, wasLive, shown.length, virtualizer]);

  // Something elsewhere leads here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new target scrolls
  useLayoutEffect(() => {
    if (target === undefined) return;
    const n = shown.indexOf(target.row);
    if (n < 0) return;
    setFollowing(false);
    focusNext.current = target.row;
    virtualizer.scrollToIndex(n, { align: 'center' });
    scroller.current?.closest('section')?.scrollIntoView({ block: 'start' });
  }, [target]);

  // Before anything is drawn: else the focus would be nowhere for a moment. A scroll may draw before the new place is known.
  useLayoutEffect(() => {
    if (focusNext.current === undefined || focusNext.current !== activeRow) return;
    const head = scroller.current?.querySelector<HTMLElement>(`[data-row="${activeRow}"]`);
    if (head === null || head === undefined) return;
    focusNext.current = undefined;
    head.focus({ preventScroll: true });
  });

  const goTo = (n: number) => {
    const at = Math.max(0, Math.min(shown.length - 1, n));
    focusNext.current = shown.at(at);
    view.setState({ active: shown.at(at) });
    virtualizer.scrollToIndex(at, { align: 'auto' });
  };
  const toggle = (row: number) => {
    if (opened.has(row)) virtualizer.resizeItem(shown.indexOf(row), ROW);
    focusNext.current = row;
    toggleRow(view, row);
    view.setState({ active: row });
  };
  const page = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW) / ROW) - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.row === undefined) return;
    const row = timeline.rows[shown.at(active)];
    const command = row === undefined ? undefined : commandOf(row);
    if ((event.metaKey || event.ctrlKey) && event.key === 'c') {
      if (command === undefined || document.getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      void tell(call('copyCommand', { run, command: command.asked.id }));
      return;
    }
    const moves: Record<string, () => number> = {
      ArrowDown: () => active + 1,
      ArrowUp: () => active - 1,
      PageDown: () => active + page(),
      PageUp: () => active - page(),
      Home: () => 0,
      End: () => shown.length - 1,
    };
    const move = moves[event.key];
    if (move === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    goTo(move());
  };

  return (
    <div className={css.frame}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the rows in it */}
      <div
        ref={scroller}
        className={css.scroller}
        onKeyDown={onKeyDown}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setFollowing(scrollHeight - scrollTop - clientHeight < NEAR)
        }
      >
        {/* biome-ignore lint/a11y/useSemanticElements: the rows of a list that shows only a part of itself */}
        <div
          id={id}
          role="list"
          aria-label={say.list}
          className={css.list}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {inSight.map(({ index, start }) => {
            const at = shown.at(index);
            const row = timeline.rows[at];
            if (row === undefined) return null;
            const isOpen = opened.has(at);
            return (
              // biome-ignore lint/a11y/useSemanticElements: see above
              <div
                // What is closed changes places with what scrolls out: that costs less than making it anew. Where the
                // focus is, or something is open, nothing else may take the place.
                key={isOpen || index === active ? at : `place ${index % places.current}`}
                ref={isOpen ? virtualizer.measureElement : undefined}
                data-index={index}
                role="listitem"
                aria-setsize={shown.length}
                aria-posinset={index + 1}
                className={isOpen ? css.item : css.closed}
                style={{ transform: `translateY(${start}px)` }}
              >
                <TimelineRow
                  row={row}
                  at={at}
                  run={run}
                  live={live}
                  isOpen={isOpen}
                  isActive={index === active}
                  flash={target?.row === at ? target.count : 0}
                  onToggle={toggle}
                />
              </div>
            );
          })}
        </div>
      </div>
      {live && !following && (
        <button type="button" className={css.latest} onClick={() => setFollowing(true)}>
          <ArrowDown size={13} aria-hidden />
          {say.latest}
        </button>
      )}
    </div>
  );
}
