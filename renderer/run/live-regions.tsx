import type { Run } from '../../shared/run.ts';
import { STEP_WORDS } from '../../shared/words.ts';
import { usePhrases, useText } from '../lang.ts';
import { isLive, type Phase } from './phase.ts';
import { RUN_PHRASES } from './phrases.ts';
import { line } from './timeline/row-text.ts';

/** What is read aloud: politely how far a run is and what came of it, at once when it failed. */
export function LiveRegions({ run, phase }: { run: Run; phase: Phase }) {
  const say = usePhrases(RUN_PHRASES);
  const text = useText();
  const step = run.steps.at(-1);
  const progress = () => {
    if (isLive(phase)) return step === undefined ? '' : text(STEP_WORDS[step.id]);
    if (phase === 'done') return run.verdict === undefined ? say.announce.done : line(text(run.verdict.says));
    return phase === 'cancelled' ? say.announce.cancelled : '';
  };
  const failure = () => {
    if (phase !== 'failed') return '';
    const trouble = run.troubles.at(-1);
    return trouble === undefined ? say.announce.failed : line(text(trouble.says));
  };
  return (
    <>
      <div role="status" className="visually-hidden">
        {progress()}
      </div>
      <div role="alert" className="visually-hidden">
        {failure()}
      </div>
    </>
  );
}
