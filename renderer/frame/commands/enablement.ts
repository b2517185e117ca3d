import type { AppState } from '../../../shared/app-state.ts';
import type { CommandId } from '../../../shared/commands.ts';
import { canDiagnose } from '../actions.ts';
import type { Chosen } from '../chosen.ts';

interface Situation extends Chosen {
  app: Pick<AppState, 'runs' | 'prompts' | 'settings'>;
  /** Something lies over the window and waits. */
  covered: boolean;
  /** A run of the chosen machine was asked for and has not begun. */
  starting: boolean;
  sampleRuns: boolean;
}

const ALWAYS: readonly CommandId[] = [
  'settings',
  'add-host',
  'open-log',
  'palette',
  'toggle-sidebar',
  'focus-1',
  'refresh',
  'shortcuts',
];

/** The terminal is beside what is selected; the welcome has the window for itself. */
const BESIDE: readonly CommandId[] = [
  'toggle-terminal',
  'terminal-right',
  'terminal-bottom',
  'focus-6',
  'focus-7',
  'focus-8',
];

/** What can be done right now. */
export function enabledCommands(situation: Situation): CommandId[] {
  const { app, machine, run, live, covered, starting, sampleRuns } = situation;
  const stop: CommandId[] = live ? ['stop'] : [];
  if (covered) return stop;
  const readable = run !== undefined && run.state !== 'unreadable';
  const over = readable && run.state !== 'running';
  return [
    ...ALWAYS,
    ...stop,
    ...(machine || run ? BESIDE : []),
    ...((machine || run) && app.settings.terminal.open ? (['clear-terminal'] as const) : []),
    ...(over ? (['export', 'copy-report'] as const) : []),
    ...(run?.exported === undefined ? [] : (['reveal'] as const)),
    ...(readable ? (['focus-2', 'focus-3', 'focus-4', 'focus-5'] as const) : []),
    ...(readable || app.settings.terminal.open ? (['find'] as const) : []),
    ...(app.runs.length > 0 ? (['focus-9'] as const) : []),
    ...(!live && !starting && canDiagnose(machine) ? (['diagnose'] as const) : []),
    ...(sampleRuns ? [] : (['sample'] as const)),
  ];
}
