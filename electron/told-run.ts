import type { Focus } from '../shared/focus.ts';
import type { RemedyKind } from '../shared/remedy.ts';
import { applyEvent, emptyRun, RUN_SCHEMA, type Run, type RunEvent } from '../shared/run.ts';
import { Trouble } from '../shared/trouble.ts';
import { type Surface, troubleText } from '../shared/trouble-text.ts';
import { RunLog } from './run-log.ts';
import { CULPRIT_VERSION } from './version.ts';

/** What is told of a run before anything happens in it. */
export interface RunHead {
  machine: { kind: string; id: string; name: string };
  targets: string[];
  focus?: Focus | undefined;
  /** What was ordered beside looking. */
  remedy?: RemedyKind | undefined;
  /** Where the sentences of troubles are read. */
  surface?: Surface | undefined;
}

/**
 * Does a run's work, from its first event to its last, and gives the fold of all that was told. Never throws for what was
 * expected: a `Trouble` becomes an event and ends the run as `failed`, an abort as `cancelled`.
 */
export async function toldRun(
  { machine, targets, focus, remedy, surface }: RunHead,
  emit: (event: RunEvent) => void,
  signal: AbortSignal,
  work: (log: RunLog) => Promise<void>,
): Promise<Run> {
  let run = emptyRun();
  const log = new RunLog((event) => {
    run = applyEvent(run, event);
    emit(event);
  });
  log.tell({
    type: 'started',
    schema: RUN_SCHEMA,
    culprit: CULPRIT_VERSION,
    at: new Date().toISOString(),
    machine,
    targets,
    ...(focus === undefined ? {} : { focus }),
    ...(remedy === undefined ? {} : { remedy }),
  });
  try {
    await work(log);
    log.tell({ type: 'ended', how: 'done' });
  } catch (error) {
    const trouble = signal.aborted ? new Trouble('cancelled') : error;
    if (!(trouble instanceof Trouble)) throw error;
    log.tell({ type: 'trouble', code: trouble.code, says: troubleText(trouble, surface) });
    log.tell({ type: 'ended', how: trouble.code === 'cancelled' ? 'cancelled' : 'failed' });
  }
  return run;
}
