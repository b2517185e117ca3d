import type { Settings } from '../../shared/app-state.ts';
import { call } from '../api.ts';
import { tell, useStore } from '../store.ts';

/** Dragging a splitter changes a size a hundred times; the last one is kept. Milliseconds. */
const LATER_MS = 250;

let changed: Partial<Settings> = {};
let timer: ReturnType<typeof setTimeout> | undefined;

function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  const patch = changed;
  changed = {};
  if (Object.keys(patch).length > 0) void tell(call('setSettings', patch));
}

/** Changes settings: on screen at once; in the file at once, or a moment later for what changes many times a second. */
export function changeSettings(patch: Partial<Settings>, when: 'now' | 'later' = 'now'): void {
  useStore.setState(({ app }) => (app ? { app: { ...app, settings: { ...app.settings, ...patch } } } : {}));
  changed = { ...changed, ...patch };
  clearTimeout(timer);
  if (when === 'now') flush();
  else timer = setTimeout(flush, LATER_MS);
}

function current(): Settings | undefined {
  return useStore.getState().app?.settings;
}

export function changeTerminal(patch: Partial<Settings['terminal']>, when?: 'now' | 'later'): void {
  const settings = current();
  if (settings) changeSettings({ terminal: { ...settings.terminal, ...patch } }, when);
}

export function changeSidebar(patch: Partial<Settings['sidebar']>, when?: 'now' | 'later'): void {
  const settings = current();
  if (settings) changeSettings({ sidebar: { ...settings.sidebar, ...patch } }, when);
}
