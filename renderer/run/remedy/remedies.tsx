import type { FlowChange } from '../../../shared/remedy.ts';
import type { RemedyRecord, Run } from '../../../shared/run.ts';
import { undoOf } from '../../../shared/undo-plan.ts';
import { visible, visibleLine } from '../../../shared/visible.ts';
import { OUTCOME_WORDS } from '../../../shared/words.ts';
import { useLang, usePhrases, useText } from '../../lang.ts';
import { Button } from '../../ui/button.tsx';
import { Pre } from '../pre.tsx';
import { StateIcon } from '../state-icon.tsx';
import { line } from '../timeline/row-text.ts';
import { flowState } from '../timeline/states.ts';
import { Commands } from './commands.tsx';
import { FileDiff } from './file-diff.tsx';
import { REMEDIES_PHRASES } from './phrases.ts';
import css from './remedies.module.css';
import type { Orders } from './use-orders.ts';

/** More lines would not be read here. */
const MOST_LINES = 200;

/** What was tried and mended in this run, with before and after; the fix that stands can be taken back. */
export function Remedies({ run, id, orders }: { run: Run; id: string; orders: Orders | undefined }) {
  return run.remedies.map((remedy, n) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they keep their places
    <Remedy key={n} remedy={remedy} undo={undoOf(run, id) && orders?.undo} />
  ));
}

function Remedy({ remedy: { plan, end }, undo }: { remedy: RemedyRecord; undo: (() => void) | undefined }) {
  const say = usePhrases(REMEDIES_PHRASES);
  const text = useText();
  const kind = plan?.kind ?? 'fix';
  const lines = end?.change?.lines ?? [];
  return (
    <section className={css.remedy} aria-label={say.kinds[kind]}>
      <h2>{say.kinds[kind]}</h2>
      <p>{visible(end === undefined ? say.unfinished : text(end.says))}</p>
      {plan !== undefined && <p className={css.title}>{line(text(plan.title))}</p>}
      {end !== undefined && end.flows.length > 0 && <FlowTable flows={end.flows} />}
      {plan !== undefined && (
        <details>
          <summary>{say.whatRan}</summary>
          <div className={css.ran}>
            {plan.files.map((file) => (
              <FileDiff key={file.path} file={file} />
            ))}
            {plan.commands.length > 0 && <Commands commands={plan.commands} label={say.copyCommands} />}
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
      {kind === 'fix' && undo !== undefined && (
        <p>
          <Button size="small" onPress={undo}>
            {say.undo}
          </Button>
        </p>
      )}
    </section>
  );
}

/** How each flow fared before, with the change, and after. */
function FlowTable({ flows }: { flows: readonly FlowChange[] }) {
  const say = usePhrases(REMEDIES_PHRASES);
  const lang = useLang();
  const tried = flows.some(({ during }) => during !== undefined);
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
        {flows.map(({ id, before, during, after }) => (
          <tr key={id}>
            <th scope="row">{visibleLine(id)}</th>
            {cell(before)}
            {tried && cell(during ?? 'skipped')}
            {cell(after)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
