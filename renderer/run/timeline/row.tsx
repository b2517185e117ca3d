import ChevronRight from 'lucide-react/icons/chevron-right';
import { memo } from 'react';
import { milliseconds } from '../../../shared/milliseconds.ts';
import { useLang, usePhrases } from '../../lang.ts';
import { cx } from '../../ui/cx.ts';
import { StateIcon } from '../state-icon.tsx';
import { TIMELINE_PHRASES } from './phrases.ts';
import css from './row.module.css';
import { RowDetails } from './row-details.tsx';
import { rowSummary, rowTitle } from './row-text.ts';
import type { Row } from './rows.ts';

interface TimelineRowProps {
  row: Row;
  /** Its position in the timeline. */
  at: number;
  run: string;
  live: boolean;
  isOpen: boolean;
  isActive: boolean;
  /** Counts up each time it is to be pointed out. */
  flash: number;
  onToggle: (at: number) => void;
}

/** Steps and the end have nothing behind them. */
function canOpen({ what }: Row): boolean {
  return what !== 'step' && what !== 'ended';
}

function Plain({ row, at, run, live, isOpen, isActive, flash, onToggle }: TimelineRowProps) {
  const say = usePhrases(TIMELINE_PHRASES);
  const lang = useLang();
  const state = row.state === 'running' && !live ? 'skipped' : row.state;
  const openable = canOpen(row);
  const title = rowTitle(row, lang);
  const summary = rowSummary(row, lang);
  const isHot = row.what === 'cause' || (row.what === 'verdict' && row.state === 'bad');
  return (
    <div className={cx(css.row, css[row.what], isHot && css.hot, isOpen && css.open)}>
      <button
        type="button"
        data-row={at}
        className={css.head}
        tabIndex={isActive ? 0 : -1}
        aria-expanded={openable ? isOpen : undefined}
        onClick={() => openable && onToggle(at)}
      >
        <time className={css.time}>{(row.t / 1000).toFixed(2)} s</time>
        <StateIcon state={state} />
        <span className="visually-hidden">{say.states[state]}</span>
        <span className={css.text} title={[title, summary].filter((part) => part !== '').join(' · ')}>
          <span className={css.title}>{title}</span>
          {summary !== '' && <span className={css.summary}>{summary}</span>}
        </span>
        <span className={css.ms}>{row.ms === undefined ? '' : milliseconds(row.ms)}</span>
        <ChevronRight className={cx(css.chevron, !openable && css.none)} size={13} aria-hidden />
        {flash > 0 && <span key={flash} className={css.flash} aria-hidden />}
      </button>
      {isOpen && openable && <RowDetails row={row} run={run} />}
    </div>
  );
}

/** One line of the timeline. */
export const TimelineRow = memo(Plain);
