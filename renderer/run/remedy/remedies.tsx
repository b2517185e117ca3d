import type { FlowResult } from '../../../shared/flow.ts';
import type { FlowChange } from '../../../shared/remedy.ts';
import type { RemedyRecord, Run } from '../../../shared/run.ts';
import { undoOf } from '../../../shared/undo-plan.ts';
import { visible, visibleLine } from '../../../shared/visible.ts';
import { OUTCOME_WORDS } from '../../../shared/words.ts';
import { useLang, usePhrases, useText } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { Pre } from '../pre.tsx';
import { StateIcon } from '../state-icon.tsx';
import { flowTitle, line } from '../timeline/row-text.ts';
import { flowState } from '../timeline/states.ts';
import { Made } from './made.tsx';
import { REMEDIES_PHRASES } from './phrases.ts';
import css from './remedies.module.css';
import type { Orders } from './use-orders.ts';

/** More lines would not be read here. */
const MOST_LINES = 200;

/**
 * What was tried and mended in this run, with before and after; the fix that stands can be taken back. What the headline says
 * already is not said again.
 */
export function Remedies({
  run,
  id,
  headline,
  orders,
}: {
  run: Run;
  id: string;
  headline: string;
  orders: Orders | undefined;
}) {
  const undo = undoOf(run, id) && orders?.undo;
  return run.remedies.map((remedy, n) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they keep their places
    <Remedy key={n} remedy={remedy} flows={run.flows} headline={headline} undo={undo} />
  ));
}

interface RemedyProps {
  remedy: RemedyRecord;
  flows: readonly FlowResult[];
  headline: string;
  undo: (() => void) | undefined;
}

function Remedy({ remedy: { plan, stands, end }, flows, headline, undo }: RemedyProps) {
  const say = usePhrases(REMEDIES_PHRASES);
  const text = useText();
  const kind = plan?.kind ?? 'fix';
  const says = end !== undefined ? text(end.says) : stands === undefined ? say.unfinished : say.mayStand;
  const lines = end?.change?.lines ?? [];
  return (
    <section className={css.remedy} aria-label={say.kinds[kind]}>
      <header className={css.head}>
        <h2>{say.kinds[kind]}</h2>
        {plan !== undefined && <p className={css.title}>{line(text(plan.title))}</p>}
        {kind === 'fix' && undo !== undefined && (
          <Button size="small" onPress={undo}>
            {say.undo}
          </Button>
        )}
      </header>
      {says !== headline && <p>{visible(says)}</p>}
      {end !== undefined && end.flows.length > 0 && <FlowTable changes={end.flows} flows={flows} />}
      {plan !== undefined && (
        <details>
          <summary>{say.whatRan}</summary>
          <div className={css.ran}>
            <Made plan={plan} />
          </div>
        </details>
      )}
      {lines.length > 0 && (
        <details>
          <summary>{say.changed(lines.length)}</summary>
          <Pre
            className={css.lines}
            label={say.changed(lines.length)}
            text={visible(lines.slice(0, MOST_LINES).join('\n'))}
          />
        </details>
      )}
    </section>
  );
}

/** How each flow fared before, with the change, and after. */
function FlowTable({ changes, flows }: { changes: readonly FlowChange[]; flows: readonly FlowResult[] }) {
  const say = usePhrases(REMEDIES_PHRASES);
  const lang = useLang();
  const tried = changes.some(({ during }) => during !== undefined);
  const name = (id: string) => {
    const flow = flows.find((one) => one.id === id);
    return flow === undefined ? visibleLine(id) : flowTitle(flow, lang);
  };
  const cell = (outcome: FlowChange['after']) => (
    <td>
      <StateIcon state={flowState({ outcome })} /> {OUTCOME_WORDS[outcome][lang]}
    </td>
  );
  return (
    <table className={css.flows}>
      <thead>
        <tr>
          <th scope="col">{say.flow}</th>
          <th scope="col">{say.before}</th>
          {tried && <th scope="col">{say.during}</th>}
          <th scope="col">{say.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ id, before, during, after }) => (
          <tr key={id}>
            <th scope="row">{name(id)}</th>
            {cell(before)}
            {tried && cell(during ?? 'skipped')}
            {cell(after)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
