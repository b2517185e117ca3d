import type { Cause } from '../../../shared/cause.ts';
import { fixId } from '../../../shared/remedy.ts';
import { visible } from '../../../shared/visible.ts';
import { usePhrases, useText } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import type { Orders } from '../remedy/use-orders.ts';
import type { Timeline } from '../timeline/timeline.ts';
import css from './cause-body.module.css';
import { EvidenceList } from './evidence.tsx';
import { Fixes } from './fixes.tsx';
import { VERDICT_PHRASES } from './phrases.ts';

/** A cause below its heading: why, what to do, what shows it. `remedy` is absent where nothing can be done from here. */
export function CauseBody({
  cause,
  timeline,
  remedy,
  confirm = false,
}: {
  cause: Cause;
  timeline: Timeline;
  remedy: Orders['remedy'] | undefined;
  confirm?: boolean;
}) {
  const say = usePhrases(VERDICT_PHRASES);
  const text = useText();
  return (
    <div className={css.body}>
      <section className={css.why}>
        <h2>{say.why}</h2>
        <p>{visible(text(cause.says))}</p>
        {confirm && remedy !== undefined && (
          <p className={css.confirm}>
            <Button size="small" onPress={() => remedy({ kind: 'trial' })}>
              {say.confirm}
            </Button>
            <span>{say.confirmSays}</span>
          </p>
        )}
      </section>
      <section className={css.fix}>
        <h2>{say.whatToDo}</h2>
        <Fixes
          fixes={cause.fixes}
          make={remedy && ((number) => remedy({ kind: 'fix', id: fixId(cause.id, number) }))}
        />
      </section>
      {cause.evidence.length > 0 && (
        <section className={css.evidence}>
          <h2>{say.evidence}</h2>
          <EvidenceList items={cause.evidence} timeline={timeline} />
        </section>
      )}
    </div>
  );
}
