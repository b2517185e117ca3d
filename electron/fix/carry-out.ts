import type { RemedyPlan } from '../../shared/remedy.ts';
import type { Guest } from '../connect/guest.ts';
import { fileStep } from './files.ts';
import { type Held, hold, pairedSteps, type Step } from './held.ts';

/** What is done in the guest for a plan: files first; an undo does them last, as it goes the other way. */
export function stepsOf({
  kind,
  files,
  ...change
}: Pick<RemedyPlan, 'kind' | 'files' | 'commands' | 'undo'>): Step[] {
  const commands = pairedSteps(change);
  return kind === 'undo'
    ? [...commands, ...files.map(turnedStep).reverse()]
    : [...files.map(fileStep), ...commands];
}

/** What each of those steps is called: the command, or the file. */
export function stepNames({ kind, files, commands }: RemedyPlan): string[] {
  const paths = files.map(({ path }) => path);
  return kind === 'undo' ? [...commands, ...paths.reverse()] : [...paths, ...commands];
}

/** An undo's step of a file: what the fix would do to take it back, and the other way round. */
function turnedStep({ path, before, after }: RemedyPlan['files'][number]): Step {
  const { command, undo } = fileStep({ path, before: after, after: before });
  return { command: undo, undo: command };
}

/** Carries a plan out; see `hold`. */
export function carryOut(guest: Guest, plan: RemedyPlan, signal: AbortSignal): Promise<Held> {
  const purpose = {
    en: `${VERBS[plan.kind].en}: ${plan.title.en}`,
    'zh-CN': `${VERBS[plan.kind]['zh-CN']}：${plan.title['zh-CN']}`,
  };
  return hold(guest, purpose, stepsOf(plan), signal);
}

const VERBS = {
  trial: { en: 'Try', 'zh-CN': '试改' },
  fix: { en: 'Fix', 'zh-CN': '修复' },
  undo: { en: 'Take back', 'zh-CN': '撤销' },
} as const;
