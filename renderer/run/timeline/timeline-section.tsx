import { useId } from 'react';
import { milliseconds } from '../../../shared/milliseconds.ts';
import { usePhrases } from '../../lang.ts';
import { RUN_PHRASES } from '../phrases.ts';
import { useView } from '../view-state.ts';
import { Filters } from './filters.tsx';
import { TIMELINE_PHRASES } from './phrases.ts';
import { RowList } from './row-list.tsx';
import { line } from './row-text.ts';
import css from './timeline.module.css';
import type { Timeline } from './timeline.ts';
import { useShown } from './use-shown.ts';
import { useTimelineVersion } from './use-timeline.ts';

/** Everything that happened, as it happens: narrowed down by kind and text, each row opening to what lies behind it. */
export function TimelineSection({ timeline, run, live }: { timeline: Timeline; run: string; live: boolean }) {
  const say = usePhrases(TIMELINE_PHRASES);
  const { timeline: title } = usePhrases(RUN_PHRASES);
  const version = useTimelineVersion();
  const { shown, searching } = useShown(timeline, version);
  const query = useView((view) => view.query).trim();
  const kind = useView((view) => view.kind);
  const listId = useId();
  const last = timeline.rows.at(-1);
  const empty = () => {
    if (searching) return say.searching;
    if (query !== '') return say.nothingFound(line(query));
    return kind === 'all' ? say.nothingYet : say.nothingOfKind;
  };
  return (
    <section aria-labelledby="timeline" className={css.section}>
      <header className={css.head}>
        <h2 id="timeline" tabIndex={-1}>
          {title}
        </h2>
        {last !== undefined && <small className="num">{milliseconds(last.t)}</small>}
        <Filters timeline={timeline} version={version} controls={listId} />
      </header>
      <p role="status" className="visually-hidden">
        {query === '' ? '' : searching ? say.searching : say.found(shown.length)}
      </p>
      {shown.length === 0 ? (
        <p id={listId} className={css.empty}>
          {empty()}
        </p>
      ) : (
        <RowList id={listId} timeline={timeline} shown={shown} run={run} live={live} />
      )}
    </section>
  );
}
