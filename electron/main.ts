import { join } from 'node:path';
import { app, dialog, powerMonitor } from 'electron';
import type { Lang } from '../shared/text.ts';
import { type App, createApp } from './app/app.ts';
import type { MenuView } from './app/host.ts';
import { dataFolder } from './data-folder.ts';
import { answerCalls } from './ipc.ts';
import { described, openLog } from './log.ts';
import { electronHost } from './main-host.ts';
import { MAIN_PHRASES } from './main-phrases.ts';
import { quitWell } from './main-quit.ts';
import { setMenu } from './menu.ts';
import { CULPRIT_VERSION } from './version.ts';
import { MainWindow, PAGES, PRELOAD } from './window.ts';
import { registerScheme, servePages } from './window-pages.ts';

// The application, put together. Everything with a decision in it is elsewhere.

const { platform } = process;
const data = dataFolder(process.env, platform);
app.setPath('userData', data);
// Chromium's own files beside ours, not among them.
app.setPath('sessionData', join(data, 'window'));
const log = openLog(join(data, 'logs', 'culprit.log'));

let lang: Lang = 'en';
let running: App | undefined;

const window = new MainWindow({
  preload: PRELOAD,
  boundsFile: join(data, 'window.json'),
  platform,
  forget: () => running?.forgetWindow(),
  log,
});

function showMenu(view: MenuView): void {
  lang = view.lang;
  setMenu({
    ...view,
    platform,
    developing: !app.isPackaged,
    chosen: (command) => {
      window.open();
      window.push('command', { command });
    },
  });
}

async function start(): Promise<void> {
  await app.whenReady();
  servePages(PAGES);
  showMenu({ lang, enabled: new Set() });
  const host = await electronHost({ window, dataFolder: data, platform, menu: showMenu, log });
  const starting = createApp(host);
  answerCalls({ app: starting, isOurs: (event) => window.isOurs(event), log });
  window.open();
  running = await starting;
  powerMonitor.on('suspend', () => log('the computer goes to sleep'));
  powerMonitor.on('resume', () => log('the computer is awake again'));
}

process.on('uncaughtException', (error) => log(`uncaught: ${described(error)}`));
process.on('unhandledRejection', (error) => log(`unhandled: ${described(error)}`));

registerScheme();
app.enableSandbox();
if (app.requestSingleInstanceLock()) {
  log(`Culprit ${CULPRIT_VERSION} starts on ${platform}, Node ${process.versions.node}`);
  app.on('second-instance', () => window.open());
  app.on('activate', () => window.open());
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit();
  });
  quitWell({ running: () => running, lang: () => lang, window, log });
  start().catch((error) => {
    log(`could not start: ${described(error)}`);
    const { title, detail } = MAIN_PHRASES[lang].cannotStart;
    dialog.showErrorBox(title, detail(data));
    app.exit(1);
  });
} else {
  app.quit();
}
