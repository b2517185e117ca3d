import type { MachineItem, RunItem } from '../../shared/app-state.ts';
import type { Lang } from '../../shared/text.ts';
import { visibleLine } from '../../shared/visible.ts';
import { VERDICT_WORDS } from '../../shared/words.ts';
import { FRAME_PHRASES } from './phrases.ts';
import { SIDEBAR_PHRASES } from './sidebar/phrases.ts';

/** What a machine is called. Names come from outside: what would act or hide in them is spelled out. */
export function machineName({ kind, name }: Pick<MachineItem, 'kind' | 'name'>, lang: Lang): string {
  return kind === 'sample' ? FRAME_PHRASES[lang].sample : visibleLine(name);
}

/** What the machine of a run was called then. */
export function runMachineName({ machine, machineName }: RunItem, lang: Lang): string {
  if (machine === 'sample') return FRAME_PHRASES[lang].sample;
  return visibleLine(machineName) || SIDEBAR_PHRASES[lang].unknownRun;
}

/** What a run found, or how it ended, in a line. */
export function runSays({ state, says, verdict, grade }: RunItem, lang: Lang): string {
  if (state !== 'done') return SIDEBAR_PHRASES[lang].runStates[state];
  if (says) {
    const what = visibleLine(says[lang]);
    // It is the cause's title, and sounds as if it were still there.
    return verdict === 'fixed' && grade !== undefined ? SIDEBAR_PHRASES[lang].fixed(what) : what;
  }
  return verdict ? VERDICT_WORDS[verdict][lang] : '';
}

/** How a machine is and how it can be reached, in a line. */
export function machineSays({ kind, state, reach, notes = [] }: MachineItem, lang: Lang): string {
  const phrases = SIDEBAR_PHRASES[lang];
  if (kind === 'sample') return phrases.sample;
  if (kind === 'ssh') return reach.ok ? visibleLine(reach.at) : phrases.unreachable;
  if (reach.ok) {
    const faults = notes.filter(({ aside }) => !aside).length;
    const running = phrases.runningAt(visibleLine(reach.at));
    return faults === 0 ? running : phrases.withFaults(running, faults);
  }
  if (reach.trouble.code === 'vm-no-forward') return phrases.noForward;
  if (reach.trouble.code === 'vm-inaccessible') return phrases.inaccessible;
  return phrases.states[state] ?? visibleLine(state);
}
