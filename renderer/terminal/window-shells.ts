import { call } from '../api.ts';
import { tell, useStore } from '../store.ts';
import { isForApp } from './keys.ts';
import { linkPlan } from './links.ts';
import { forgetNotes, note, usePane } from './pane-state.ts';
import { pastePlan } from './paste.ts';
import { type Look, Screen } from './screen.ts';
import { type Place, Shells } from './shells.ts';
import { safeTitle } from './title.ts';

/** The window's shells. */
export const shells = new Shells<Screen>(call);
window.culprit.on('terminalData', (value) => shells.take(value));
window.culprit.on('terminalEnded', (value) => shells.end(value));
useStore.subscribe(({ app }, { app: before }) => {
  if (app && app.machines !== before?.machines) forgetRemoved(app.machines.map(({ id }) => id));
});

/** Shells on SSH hosts that were removed. A VM that VirtualBox does not list just now may come again. */
function forgetRemoved(ids: readonly string[]): void {
  for (const place of Object.keys(shells.store.getState().at))
    if (place.startsWith('ssh:') && !ids.includes(place)) shells.forget(place);
}

function platform(): string {
  return useStore.getState().app?.platform ?? '';
}

/** Opens a shell at a place, unless one is open there; resolves with main's name for it, if it opens. */
export function openShell(place: Place, look: Look): Promise<string | undefined> {
  return shells.open(place, () => {
    forgetNotes(place);
    return makeScreen(place, look);
  });
}

function makeScreen(place: Place, look: Look): Screen {
  const screen: Screen = new Screen(look, {
    typed: (data) => shells.type(place, data),
    resized: () => shells.resized(place),
    pasted: (text) => {
      const plan = pastePlan(text, screen.takesPasteWhole);
      if (plan.asks) note(place, { ask: { kind: 'paste', ...plan } });
      else screen.paste(plan.text);
    },
    linkClicked: (target, text) => {
      const plan = linkPlan(target, text);
      if (plan.do === 'open') openLink(plan.url);
      if (plan.do !== 'ask') return;
      const other = plan.why === 'other-text' ? { text } : {};
      note(place, { ask: { kind: 'link', url: plan.url, ...other } });
    },
    linkHovered: (link) => note(place, { link }),
    named: (title) => note(place, { title: safeTitle(title) }),
    bell: () => note(place, { bells: (usePane.getState().notes[place]?.bells ?? 0) + 1 }),
    isOurs: (press) => isForApp(press, platform()),
    opensLinks: ({ metaKey, ctrlKey }) => (platform() === 'darwin' ? metaKey : ctrlKey),
  });
  return screen;
}

/** Opens a link in the browser. */
export function openLink(url: string): void {
  void tell(call('openLink', { url }));
}
