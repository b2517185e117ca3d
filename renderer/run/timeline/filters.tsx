import SearchIcon from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import { useRef } from 'react';
import { usePhrases } from '../../lang.ts';
import { useView, useViewStore } from '../view-state.ts';
import { TIMELINE_PHRASES } from './phrases.ts';
import { ROW_KINDS } from './rows.ts';
import css from './timeline.module.css';
import type { Timeline } from './timeline.ts';

/** The search field's id: the command `find` leads there. */
export const SEARCH_ID = 'timeline-search';
const MOST_TYPED = 200;

/** Chips with counts, and the search field. */
export function Filters({
  timeline,
  version: _,
  controls,
}: {
  timeline: Timeline;
  /** Changes when the counts do. */
  version: number;
  controls: string;
}) {
  const say = usePhrases(TIMELINE_PHRASES);
  const view = useViewStore();
  const kind = useView((state) => state.kind);
  const query = useView((state) => state.query);
  const field = useRef<HTMLInputElement>(null);
  const clear = () => {
    view.setState({ query: '' });
    field.current?.focus();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own looks */}
      <div role="group" aria-label={say.filter} className={css.chips}>
        {(['all', ...ROW_KINDS] as const).map((name) => {
          const count = name === 'all' ? timeline.rows.length : timeline.byKind[name].length;
          return (
            <button
              key={name}
              type="button"
              aria-pressed={kind === name}
              aria-label={say.chip(say.kinds[name], count)}
              aria-controls={controls}
              onClick={() => view.setState({ kind: name })}
            >
              {say.kinds[name]} <span className="num">{count.toLocaleString()}</span>
            </button>
          );
        })}
      </div>
      <div className={css.search}>
        <SearchIcon size={13} aria-hidden />
        <input
          ref={field}
          id={SEARCH_ID}
          type="text"
          value={query}
          maxLength={MOST_TYPED}
          placeholder={say.search}
          aria-label={say.search}
          aria-controls={controls}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => view.setState({ query: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || query === '') return;
            event.stopPropagation();
            clear();
          }}
        />
        {query !== '' && (
          <button type="button" aria-label={say.clearSearch} onClick={clear}>
            <X size={12} aria-hidden />
          </button>
        )}
      </div>
    </>
  );
}
