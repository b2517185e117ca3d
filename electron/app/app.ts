import { mkdir } from 'node:fs/promises';
import type { AppState } from '../../shared/app-state.ts';
import type { CommandId } from '../../shared/commands.ts';
import type { CallInput } from '../../shared/contract.ts';
import { CULPRIT_VERSION } from '../version.ts';
import type { Handlers } from './handlers/handlers.ts';
import { machineHandlers } from './handlers/machine-handlers.ts';
import { runHandlers } from './handlers/run-handlers.ts';
import { terminalHandlers } from './handlers/terminal-handlers.ts';
import type { Host } from './host.ts';
import { langInForce } from './language.ts';
import { Logins } from './machines/logins.ts';
import { Machines } from './machines/machines.ts';
import { Secrets } from './machines/secrets.ts';
import { VirtualBoxWatch } from './machines/virtualbox-watch.ts';
import { Prompts } from './prompts.ts';
import { Reports } from './report/reports.ts';
import { openDropped } from './runs/open-log.ts';
import { RunStore } from './runs/run-store.ts';
import { Runner } from './runs/runner.ts';
import { Watcher } from './runs/watcher.ts';
import { State } from './state.ts';
import { openBook } from './store/book.ts';
import { openSettings } from './store/settings.ts';

export interface App {
  handlers: Handlers;
  /** A file was dropped onto the window: opens it as a log, and tells the window. `path` is whatever preload says it is. */
  dropped(path: unknown): Promise<void>;
  /** Is a run under way? Quitting asks then. */
  busy(): boolean;
  /** The window is gone or new: stop watching, keep runs going. */
  forgetWindow(): void;
  /** Stops runs and shells, leaves nothing in any guest, writes what is unwritten. */
  close(): Promise<void>;
}

/** Runs that don't end by then are left to the guest's own watch. Milliseconds. */
const CLOSE_MS = 8000;
const MOST_LOGGED = 10_000;

/** Puts the application together. */
export async function createApp(host: Host): Promise<App> {
  const { dataFolder: folder } = host;
  const push: Host['push'] = (name, value) => host.push(name, value);
  const log = (line: string) => host.log(line);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const settings = await openSettings(folder, log);
  const book = await openBook(folder, log);
  const secrets = await Secrets.open(folder, host.keychain, log);
  const store = await RunStore.open(folder, log, () => reports.show());
  let enabled: ReadonlySet<CommandId> = new Set();

  const state = new State(
    {
      version: CULPRIT_VERSION,
      platform: host.platform,
      lang: langInForce(settings.value.lang, host.languages),
      settings: settings.value,
      virtualbox: { state: 'looking' },
      vboxmanage: null,
      machines: [],
      runs: [],
      prompts: [],
      canRemember: host.keychain !== undefined,
    } satisfies AppState,
    push,
  );
  const watch = new VirtualBoxWatch(
    host.env,
    host.platform,
    (found) => machines.found(found),
    log,
    () => book.value.vboxmanage,
  );
  const machines = new Machines(state, book, secrets, watch);
  const prompts = new Prompts(state);
  const runner = new Runner(store, host);
  const watcher = new Watcher(push);
  const logins = new Logins({ folder, configFile: host.env.CULPRIT_SSH_CONFIG }, machines, secrets, prompts);
  const reports = new Reports(host, state, store, book, async (id) => runner.live(id)?.run ?? store.run(id));
  const terminals = terminalHandlers({ host, state, machines, logins, store, runner });

  const showMenu = () => host.menu({ lang: state.value.lang, enabled });
  const setSettings = async (changed: CallInput<'setSettings'>) => {
    const given = Object.entries(changed).filter(([, value]) => value !== undefined);
    const written = settings.set({ ...settings.value, ...Object.fromEntries(given) });
    state.set({ settings: settings.value, lang: langInForce(settings.value.lang, host.languages) });
    host.theme(settings.value.theme);
    showMenu();
    await written;
  };
  machines.show();
  reports.show();
  host.theme(settings.value.theme);
  showMenu();

  return {
    handlers: {
      state: async () => {
        // Whoever asks is a window: from now on it is worth looking.
        watch.start();
        return state.value;
      },
      setSettings,
      ...machineHandlers({ host, state, machines, watch, runner, folder }),
      ...runHandlers({ host, state, machines, prompts, logins, store, runner, watcher, reports }),
      ...terminals.handlers,
      answerPrompt: async ({ prompt, answer }) => prompts.answer(prompt, answer),
      copyText: async ({ text }) => host.copy(text),
      openLink: async ({ url }) => host.openLink(url),
      setEnabled: async ({ commands }) => {
        enabled = new Set(commands);
        showMenu();
      },
      reportBug: async ({ message }) => log(`the window broke: ${message.slice(0, MOST_LOGGED)}`),
    },
    dropped: async (path) => push('dropped', await openDropped(runner, path)),
    busy: () => runner.busy,
    forgetWindow() {
      watcher.stop();
      watch.stop();
      void terminals.closeAll();
    },
    async close() {
      watcher.stop();
      watch.stop();
      const late = new Promise<void>((resolve) => {
        setTimeout(resolve, CLOSE_MS).unref();
      });
      await Promise.race([Promise.all([runner.stopAll(), terminals.closeAll()]), late]);
      await Promise.all([settings.flush(), book.flush(), secrets.flush()]);
    },
  };
}
