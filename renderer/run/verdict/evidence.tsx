import ArrowDownRight from 'lucide-react/icons/arrow-down-right';
import type { Evidence } from '../../../shared/cause.ts';
import { usePhrases, useText } from '../../lang.ts';
import { StateIcon } from '../state-icon.tsx';
import { line } from '../timeline/row-text.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { showRow, useViewStore } from '../view-state.ts';
import css from './evidence.module.css';
import { VERDICT_PHRASES } from './phrases.ts';

/** What shows it; each item leads to its row in the timeline. */
export function EvidenceList({ items, timeline }: { items: readonly Evidence[]; timeline: Timeline }) {
  const say = usePhrases(VERDICT_PHRASES);
  const text = useText();
  const view = useViewStore();
  return (
    <ul className={css.list}>
      {items.map((item) => {
        const at = timeline.rowOf(item.kind, item.ref);
        const row = at === undefined ? undefined : timeline.rows[at];
        const says = line(text(item.says));
        return (
          <li key={`${item.kind} ${item.ref} ${item.says.en}`}>
            {at === undefined || row === undefined ? (
              <span className={css.item}>
                <StateIcon state="info" />
                <span>{says}</span>
              </span>
            ) : (
              <button
                type="button"
                className={css.item}
                title={`${says}\n${say.showRow}`}
                onClick={() => showRow(view, at)}
              >
                <StateIcon state={item.kind === 'fact' && row.state === 'ok' ? 'info' : row.state} />
                <span>{says}</span>
                <ArrowDownRight className={css.go} size={13} aria-hidden />
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
