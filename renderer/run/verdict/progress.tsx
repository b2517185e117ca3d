import { useEffect, useState } from 'react';
import { milliseconds } from '../../../shared/milliseconds.ts';
import type { Run } from '../../../shared/run.ts';
import { STEP_WORDS } from '../../../shared/words.ts';
import { usePhrases, useText } from '../../lang.ts';
import { StateIcon } from '../state-icon.tsx';
import { countFailing } from '../timeline/states.ts';
import { VERDICT_PHRASES, type VerdictPhrases } from './phrases.ts';
import css from './progress.module.css';
import { type StepView, stepsOf } from './steps.ts';

/** The time, five times a second. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Whole seconds, so that a running clock does not flicker. */
function running(ms: number): string {
  return ms < 1000 ? '' : milliseconds(Math.floor(ms / 1000) * 1000).replace('.0 s', ' s');
}

function yieldOf({ id, state }: StepView, run: Run, say: VerdictPhrases): string {
  if (state === 'waiting') return '';
  if (id === 'probe' && run.facts.length > 0) return say.factsRead(run.facts.length);
  if (id === 'flow' && run.flows.length > 0) {
    const failing = countFailing(run.flows);
    const tried = say.flowsTried(run.flows.length);
    return failing === 0 ? tried : `${tried} · ${say.flowsFail(failing)}`;
  }
  if (id === 'trace' && run.journeys.length > 0) return say.packets(run.journeys.length);
  return '';
}

/** What a run is doing, how far it is, and how long each step took. */
export function Progress({ run }: { run: Run }) {
  const say = usePhrases(VERDICT_PHRASES);
  const text = useText();
  const now = useNow();
  const began = run.started === undefined ? now : Date.parse(run.started.at);
  const steps = stepsOf(run);
  const done = steps.filter(({ state }) => state === 'done').length;
  const doing = steps.find(({ state }) => state === 'doing');
  const at = Math.min(steps.length, done + 1);
  return (
    <div className={css.card}>
      <div className={css.head}>
        <h1 id="verdict" tabIndex={-1}>
          {say.doing[doing?.id ?? 'connect']}
        </h1>
        <span className="num">{say.stepOf(at, steps.length)}</span>
        <span className={css.clock}>{running(now - began)}</span>
      </div>
      <progress
        className={css.bar}
        value={done + 0.5}
        max={steps.length}
        aria-label={say.stepOf(at, steps.length)}
      />
      <ol className={css.steps} aria-label={say.steps}>
        {steps.map((step) => (
          <li key={step.id} className={css[step.state]}>
            <StateIcon
              state={step.state === 'done' ? 'ok' : step.state === 'doing' ? 'running' : 'skipped'}
            />
            <span>{text(STEP_WORDS[step.id])}</span>
            <span className={css.yield}>{yieldOf(step, run, say)}</span>
            <span className="num">
              {step.ms !== undefined
                ? milliseconds(step.ms)
                : step.began === undefined
                  ? ''
                  : running(now - began - step.began)}
            </span>
            {step.state === 'waiting' && <span className="visually-hidden">{say.waiting}</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}
