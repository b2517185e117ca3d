import type { Focus } from '../shared/focus.ts';
import type { RemedyKind } from '../shared/remedy.ts';
import { applyEvent, emptyRun, RUN_SCHEMA, type Run, type RunEvent } from '../shared/run.ts';
import type { Text } from '../shared/text.ts';
import { Trouble } from '../shared/trouble.ts';
import { type Surface, troubleText } from '../shared/trouble-text.ts';
import type { VmNote } from '../shared/vm-note.ts';
import { vmNoteText } from '../shared/vm-note-text.ts';
import { explainLoss, type MachineState } from './explain-loss.ts';
import { RunLog } from './run-log.ts';
import { SleepWatch } from './sleep-watch.ts';
import { CULPRIT_VERSION } from './version.ts';

/** What is told of a run before anything happens in it. */
export interface RunHead {
  machine: { kind: string; id: string; name: string };
  targets: string[];
  focus?: Focus | undefined;
  /** What was ordered beside looking. */
  remedy?: RemedyKind | undefined;
  /** The fix that was ordered, or the run whose fix is to be taken back. */
  which?: string | undefined;
  /** Where the sentences of troubles are read. */
  surface?: Surface | undefined;
  /** What VirtualBox has wrong with the machine. */
  notes?: readonly VmNote[] | undefined;
  /** Asked when the connection was lost. */
  machineState?: MachineState | undefined;
}

/**
 * Does a run's work, from its first event to its last, and gives the fold of all that was told. Never throws for what was
 * expected: a `Trouble` becomes an event and ends the run as `failed`, an abort as `cancelled`.
 */
export async function toldRun(
  { machine, targets, focus, remedy, which, surface, notes = [], machineState }: RunHead,
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
    ...(which === undefined ? {} : { which }),
  });
  for (const note of notes) {
    const { what: says, next, source } = vmNoteText(note);
    log.tell({ type: 'remark', code: note.code, says, next, source });
  }
  const sleep = new SleepWatch((seconds) =>
    log.tell({ type: 'remark', code: 'slept', ...sleptText(seconds) }),
  );
  try {
    await work(log);
    log.tell({ type: 'ended', how: 'done' });
  } catch (error) {
    const explained = await explainLoss(error, sleep, machineState, signal).catch((other) => other);
    const trouble = signal.aborted ? new Trouble('cancelled') : explained;
    if (!(trouble instanceof Trouble)) throw error;
    log.tell({ type: 'trouble', code: trouble.code, says: troubleText(trouble, surface) });
    log.tell({ type: 'ended', how: trouble.code === 'cancelled' ? 'cancelled' : 'failed' });
  } finally {
    sleep.end();
  }
  return run;
}

function sleptText(seconds: number): { says: Text; next: Text } {
  return {
    says: {
      en: `This computer slept for ${seconds} s during the run, or Culprit was stopped that long.`,
      'zh-CN': `运行期间本机睡眠了 ${seconds} 秒，或者 Culprit 被停止了同样长的时间。`,
    },
    next: {
      en: 'What was tried just then may have failed for that reason alone: run this again before you trust it.',
      'zh-CN': '当时进行的测试可能仅因此失败：采信之前请再次运行。',
    },
  };
}
