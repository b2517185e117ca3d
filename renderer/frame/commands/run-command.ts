import type { CommandId } from '../../../shared/commands.ts';
import { call } from '../../api.ts';
import { obeyed, obeyedSoon } from '../../command-bus.ts';
import { tell, useStore } from '../../store.ts';
import { diagnose, openLog, stop } from '../actions.ts';
import { changeSidebar, changeTerminal } from '../change-settings.ts';
import { chosenOf } from '../chosen.ts';
import { openOverlay, useFrame } from '../frame-store.ts';
import { FRAME_PHRASES } from '../phrases.ts';
import { isNarrow } from '../use-narrow.ts';
import { enabledCommands } from './enablement.ts';

/** What can be done right now, by all that is known. */
export function enabledNow(): CommandId[] {
  return enabledWhen(
    useFrame.getState().overlay !== undefined || useStore.getState().app?.prompts.length !== 0,
  );
}

/** What can be done when nothing lies over the window any more. */
export function enabledUncovered(): CommandId[] {
  return enabledWhen(false);
}

function enabledWhen(covered: boolean): CommandId[] {
  const { app, selection } = useStore.getState();
  const { starting } = useFrame.getState();
  if (app === undefined) return [];
  const chosen = chosenOf(app, selection);
  return enabledCommands({
    ...chosen,
    app,
    covered,
    starting: chosen.machine !== undefined && starting.includes(chosen.machine.id),
    sampleRuns:
      starting.includes('sample') ||
      app.runs.some(({ machine, state }) => machine === 'sample' && state === 'running'),
  });
}

/** Does a command, whoever gave it: menu, palette, shortcut or button. What can't be done now is left. */
export function runCommand(id: CommandId): void {
  if (enabledNow().includes(id)) DOING[id]();
}

function chosen() {
  const { app, selection } = useStore.getState();
  return app ? { app, ...chosenOf(app, selection) } : undefined;
}

function ofRun(doing: (run: string) => Promise<unknown>): () => void {
  return () => {
    const run = chosen()?.run;
    if (run) void tell(doing(run.id));
  };
}

function showTerminal(id: CommandId): () => void {
  return () => {
    if (chosen()?.app.settings.terminal.open === false) changeTerminal({ open: true });
    obeyedSoon(id);
  };
}

function showSection(id: CommandId, element: string): () => void {
  return () => {
    if (obeyed(id)) return;
    const section = document.getElementById(element);
    if (section === null) return;
    if (!section.hasAttribute('tabindex')) section.tabIndex = -1;
    section.scrollIntoView({ block: 'start' });
    section.focus({ preventScroll: true });
  };
}

/** The sidebar, made visible if need be, takes the keyboard. */
function showSidebar(id: CommandId): () => void {
  return () => {
    if (isNarrow()) useFrame.setState({ sideOver: true });
    else changeSidebar({ open: true });
    obeyedSoon(id);
  };
}

const DOING: Record<CommandId, () => void> = {
  settings: () => openOverlay({ kind: 'settings' }),
  'add-host': () => openOverlay({ kind: 'add-host' }),
  'open-log': () => void tell(openLog()),
  export: ofRun(async (run) => {
    const done = await call('exportReport', { run });
    const lang = useStore.getState().app?.lang ?? 'en';
    if (done) useFrame.setState({ said: FRAME_PHRASES[lang].exported });
  }),
  'copy-report': ofRun((run) => call('copyReport', { run })),
  reveal: ofRun((run) => call('revealReport', { run })),
  find: () => {
    if (obeyed('find')) return;
    // from where nothing is searched, the run is
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    obeyed('find');
  },
  palette: () => openOverlay({ kind: 'palette' }),
  'toggle-sidebar': () => {
    if (isNarrow()) {
      const sideOver = !useFrame.getState().sideOver;
      useFrame.setState({ sideOver });
      if (sideOver) obeyedSoon('focus-1');
    } else changeSidebar({ open: chosen()?.app.settings.sidebar.open === false });
  },
  'toggle-terminal': () => changeTerminal({ open: chosen()?.app.settings.terminal.open === false }),
  'terminal-right': () => changeTerminal({ dock: 'right', open: true }),
  'terminal-bottom': () => changeTerminal({ dock: 'bottom', open: true }),
  'clear-terminal': () => void obeyed('clear-terminal'),
  'focus-1': showSidebar('focus-1'),
  'focus-2': showSection('focus-2', 'verdict'),
  'focus-3': showSection('focus-3', 'path'),
  'focus-4': showSection('focus-4', 'flows'),
  'focus-5': showSection('focus-5', 'timeline'),
  'focus-6': showTerminal('focus-6'),
  'focus-7': showTerminal('focus-7'),
  'focus-8': showTerminal('focus-8'),
  'focus-9': showSidebar('focus-9'),
  diagnose: () => {
    const machine = chosen()?.machine;
    if (machine) void diagnose(machine.id);
  },
  stop: () => {
    const live = chosen()?.live;
    if (live) void stop(live);
  },
  sample: () => void diagnose('sample'),
  refresh: () => void tell(call('refreshMachines')),
  shortcuts: () => openOverlay({ kind: 'shortcuts' }),
};
