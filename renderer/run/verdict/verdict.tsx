import CircleCheck from 'lucide-react/icons/circle-check';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import CircleStop from 'lucide-react/icons/circle-stop';
import OctagonX from 'lucide-react/icons/octagon-x';
import Undo2 from 'lucide-react/icons/undo-2';
import Unplug from 'lucide-react/icons/unplug';
import { useMemo } from 'react';
import type { Cause, Verdict as VerdictWord } from '../../../shared/cause.ts';
import { rootCause } from '../../../shared/root-cause.ts';
import type { Run } from '../../../shared/run.ts';
import { visible } from '../../../shared/visible.ts';
import { VERDICT_WORDS } from '../../../shared/words.ts';
import { usePhrases, useText } from '../../lang.ts';
import { Chip } from '../../ui/chip.tsx';
import { cx } from '../../ui/cx.ts';
import type { Phase } from '../phase.ts';
import { Remedies } from '../remedy/remedies.tsx';
import type { Orders } from '../remedy/use-orders.ts';
import { countFailing } from '../timeline/states.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { Again } from './again.tsx';
import { CauseBody } from './cause-body.tsx';
import { CauseChips } from './cause-chips.tsx';
import { Checked } from './checked.tsx';
import { MetaLine, When } from './meta.tsx';
import { OtherCauses } from './other-causes.tsx';
import { VERDICT_PHRASES, type VerdictPhrases } from './phrases.ts';
import { Remarks } from './remarks.tsx';
import { ResidueLine } from './residue.tsx';
import { RuleLine } from './rule-line.tsx';
import { Untold } from './untold.tsx';
import css from './verdict.module.css';

type Look = VerdictWord | 'stopped' | 'failed' | 'undone';

const ICONS = {
  healthy: CircleCheck,
  problem: OctagonX,
  'cannot-tell': CircleHelp,
  fixed: CircleCheck,
  stopped: CircleStop,
  undone: Undo2,
  failed: Unplug,
} satisfies Record<Look, unknown>;

/** The first sentence, and those after it. */
const SENTENCES = /^(.+?(?:\.(?= )|。))\s*(.+)$/su;

/** A headline of one sentence has no full stop. */
function headline(title: string): string {
  return SENTENCES.test(title) ? title : title.replace(/[.。]$/u, '');
}

interface Head {
  look: Look;
  /** In a word, above the sentence. */
  word?: string;
  title: string;
  says?: string | undefined;
}

function headOf(
  run: Run,
  phase: Phase,
  say: VerdictPhrases,
  text: (t: Record<'en' | 'zh-CN', string>) => string,
): Head {
  const trouble = run.troubles.at(-1);
  switch (phase) {
    case 'failed':
      return {
        look: 'failed',
        word: say.words.failed,
        title: say.failedTitle,
        says: trouble === undefined ? say.noVerdict : text(trouble.says),
      };
    case 'cancelled':
      return { look: 'stopped', word: say.words.cancelled, title: say.cancelledTitle, says: say.cancelled };
    case 'broken-off':
      return { look: 'stopped', word: say.words['broken-off'], title: say.brokenTitle, says: say.broken };
    case 'unreadable':
      return { look: 'failed', word: say.words.unreadable, title: say.unreadableTitle, says: say.unreadable };
    default: {
      const { verdict } = run;
      const end = run.remedies.at(-1)?.end;
      if (verdict === undefined)
        return end === undefined
          ? { look: 'cannot-tell', title: say.noVerdict }
          : end.outcome === 'undone'
            ? { look: 'undone', word: say.words.undone, title: text(end.says) }
            : { look: 'cannot-tell', title: text(end.says) };
      const head = { look: verdict.verdict, word: text(VERDICT_WORDS[verdict.verdict]) };
      const says = text(verdict.says);
      if (verdict.verdict !== 'cannot-tell') return { ...head, title: says };
      // What is the matter makes the headline; why nothing more is known is told below it.
      const [, title = says, why] = SENTENCES.exec(says) ?? [];
      return { ...head, title, says: why };
    }
  }
}

/** Is it worth trying a change, to be sure? Main knows whether there is one for this cause, and says so. */
function mayTry({ remedies }: Run, { grade, where, fixes }: Cause): boolean {
  const tried = remedies.some(({ plan }) => plan?.kind === 'trial');
  return grade !== 'confirmed' && !tried && (where !== undefined || fixes.some(({ trial }) => trial));
}

/** The answer of a run that is over: one sentence, how sure, whose rule; then why, what to do, and what shows it. */
export function Verdict({
  run,
  id,
  phase,
  timeline,
  orders,
}: {
  run: Run;
  id: string;
  phase: Phase;
  timeline: Timeline;
  orders: Orders | undefined;
}) {
  const say = usePhrases(VERDICT_PHRASES);
  const text = useText();
  const head = headOf(run, phase, say, text);
  const cause = rootCause(run);
  const Icon = ICONS[head.look];
  const failing = useMemo(() => countFailing(run.flows), [run.flows]);
  // The headline tells something else than the cause then.
  const partial = phase !== 'done' || run.verdict?.verdict === 'fixed';
  const remedy = run.verdict?.verdict === 'problem' ? orders?.remedy : undefined;
  return (
    <>
      <div className={cx(css.card, css[head.look])}>
        <Icon className={css.icon} size={30} strokeWidth={2} aria-hidden />
        <div className={css.main}>
          <div className={css.top}>
            {head.word !== undefined && <p className={css.word}>{head.word}</p>}
            <When run={run} />
          </div>
          <h1 id="verdict" tabIndex={-1}>
            {headline(visible(head.title))}
          </h1>
          {head.says !== undefined && <p className={css.says}>{visible(head.says)}</p>}
          {partial && cause !== undefined && <p className={css.found}>{visible(text(cause.title))}</p>}
          {cause !== undefined && (
            <>
              <div className={css.chips}>
                <CauseChips cause={cause} />
                {failing > 0 && cause.explains.length > 0 && (
                  <Chip>{say.explains(Math.min(failing, cause.explains.length), failing)}</Chip>
                )}
              </div>
              {cause.where !== undefined && <RuleLine place={cause.where} />}
            </>
          )}
          {cause === undefined && <Checked run={run} />}
          {phase !== 'unreadable' && <Again run={run} orders={orders} />}
        </div>
      </div>
      <Remedies run={run} id={id} headline={head.title} orders={orders} />
      {cause !== undefined && (
        <CauseBody cause={cause} timeline={timeline} remedy={remedy} confirm={mayTry(run, cause)} />
      )}
      <div className={css.feet}>
        <Remarks remarks={run.remarks} />
        <OtherCauses causes={run.causes.slice(1)} timeline={timeline} remedy={remedy} />
        <Untold run={run} open={run.verdict?.verdict === 'cannot-tell'} />
        {phase !== 'unreadable' && run.commands.length > 0 && <ResidueLine residue={run.residue} />}
        <MetaLine run={run} />
      </div>
    </>
  );
}
