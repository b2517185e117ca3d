import { milliseconds } from '../../shared/milliseconds.ts';
import type { RunEvent, StepId } from '../../shared/run.ts';
import type { Lang } from '../../shared/text.ts';
import { cut } from '../../shared/width.ts';
import { STEP_WORDS } from '../../shared/words.ts';
import { CLI_PHRASES } from './phrases.ts';
import { isLive, type Out, type Paint, painter, safeLine } from './terminal.ts';

/** What happened within a step, for its line. */
interface StepSoFar {
  id: StepId;
  began: number;
  commands: number;
  facts: { ok: number; of: number };
  flows: { ok: number; of: number };
  journeys: number;
  /** What runs just now. */
  now: string;
}

/** Shows a run as it happens. */
export interface Progress {
  show(event: RunEvent): void;
  /** A line of its own, above the current step. */
  say(line: string): void;
  /** Leaves the terminal alone while a question is asked, until what this returns is called. */
  hold(): () => void;
  close(): void;
}

/** A terminal's line is rewritten this often, so that the clock on it moves. */
const TICK_MS = 250;
const ERASE_LINE = '\r\x1b[2K';

function newStep(id: StepId, began: number): StepSoFar {
  return {
    id,
    began,
    commands: 0,
    facts: { ok: 0, of: 0 },
    flows: { ok: 0, of: 0 },
    journeys: 0,
    now: '',
  };
}

function count(step: StepSoFar, event: RunEvent, lang: Lang): void {
  switch (event.type) {
    case 'command':
      step.commands += 1;
      step.now = event.purpose[lang];
      break;
    case 'fact':
      step.facts.of += 1;
      if (event.ok) step.facts.ok += 1;
      break;
    case 'flow':
      // The trace step only corrects what was tried before.
      if (step.id !== 'flow' || event.flow.outcome === 'skipped') break;
      step.flows.of += 1;
      if (event.flow.outcome === 'ok') step.flows.ok += 1;
      break;
    case 'journey':
      step.journeys += 1;
      break;
  }
}

function counts(step: StepSoFar, lang: Lang): string {
  const say = CLI_PHRASES[lang];
  return [
    step.facts.of > 0 ? say.facts(step.facts.ok, step.facts.of) : '',
    step.flows.of > 0 ? say.flows(step.flows.ok, step.flows.of) : '',
    step.journeys > 0 ? say.journeys(step.journeys) : '',
    step.commands > 0 ? say.commands(step.commands) : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** One line per step, with its time and counts; on a terminal the current one is rewritten as it goes. */
export function showProgress(out: Out, env: NodeJS.ProcessEnv, lang: Lang, now = Date.now): Progress {
  const live = isLive(out, env);
  const paint: Paint = painter(out, env);
  let step: StepSoFar | undefined;
  let stepBegan = 0;
  let held = false;

  const line = (mark: string, ms: number, tail: string): string => {
    if (step === undefined) return '';
    const parts = [STEP_WORDS[step.id][lang], milliseconds(ms), counts(step, lang), tail];
    return `${mark} ${parts.filter((part) => part !== '').join('  ')}`;
  };
  const redraw = () => {
    if (!live || held || step === undefined) return;
    const text = line('…', now() - stepBegan, safeLine(step.now));
    out.write(`${ERASE_LINE}${cut(text, (out.columns || 80) - 1)}`);
  };
  const finish = (mark: string, ms: number) => {
    if (step === undefined) return;
    const text = line(mark, ms, '');
    out.write(`${live ? ERASE_LINE : ''}${paint(mark === '✓' ? 'green' : 'red', text)}\n`);
    step = undefined;
  };
  const timer = live ? setInterval(redraw, TICK_MS) : undefined;
  timer?.unref();

  return {
    show(event) {
      if (event.type === 'step-began') {
        step = newStep(event.step, event.t);
        stepBegan = now();
      } else if (event.type === 'step-ended' && step?.id === event.step) {
        finish('✓', event.ms);
      } else if (event.type === 'ended' && step !== undefined) {
        // A step that never ended is the one that failed.
        finish('✗', event.t - step.began);
      } else if (step !== undefined) {
        count(step, event, lang);
      }
      redraw();
    },
    say(text) {
      out.write(`${live && step !== undefined ? ERASE_LINE : ''}${text}\n`);
      redraw();
    },
    hold() {
      if (live && step !== undefined) out.write(ERASE_LINE);
      held = true;
      return () => {
        held = false;
        redraw();
      };
    },
    close() {
      clearInterval(timer);
      if (live && step !== undefined) out.write(ERASE_LINE);
    },
  };
}
