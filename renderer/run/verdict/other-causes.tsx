import type { Cause } from '../../../shared/cause.ts';
import { usePhrases, useText } from '../../lang.ts';
import type { Orders } from '../remedy/use-orders.ts';
import { line } from '../timeline/row-text.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { CauseBody } from './cause-body.tsx';
import { CauseChips } from './cause-chips.tsx';
import { VERDICT_PHRASES } from './phrases.ts';
import { RuleLine } from './rule-line.tsx';
import css from './verdict.module.css';

/** More would not be read here. */
const MOST = 20;

/** What else was found, below the root cause and closed. */
export function OtherCauses({
  causes,
  timeline,
  remedy,
}: {
  causes: readonly Cause[];
  timeline: Timeline;
  remedy: Orders['remedy'] | undefined;
}) {
  const say = usePhrases(VERDICT_PHRASES);
  const text = useText();
  if (causes.length === 0) return null;
  return (
    <details className={css.more}>
      <summary>{say.others(causes.length)}</summary>
      <ul className={css.others}>
        {causes.slice(0, MOST).map((cause, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: causes keep their places, and ids may come twice
          <li key={n}>
            <details>
              <summary>
                {line(text(cause.title))} <CauseChips cause={cause} />
              </summary>
              <div className={css.other}>
                {cause.where !== undefined && <RuleLine place={cause.where} />}
                <CauseBody cause={cause} timeline={timeline} remedy={remedy} />
              </div>
            </details>
          </li>
        ))}
      </ul>
      {causes.length > MOST && <p className={css.dim}>{say.moreCauses(causes.length - MOST)}</p>}
    </details>
  );
}
