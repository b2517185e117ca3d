import { app as appDouble } from './app.ts';
import { options, strict } from './control.ts';
import { ipcMain as ipcMainDouble } from './ipc.ts';
import * as native from './native.ts';
import { obey } from './obey.ts';
import * as pages from './protocol.ts';
import { session as sessionDouble } from './session.ts';

/**
 * The double of Electron's `electron` module: main's real code runs in Node, its windows are pages of a Chromium that
 * playwright-core drives, with the real preload script in a world of its own.
 */
export { Menu } from './menu.ts';
export { BrowserWindow } from './window.ts';

export const app = strict(appDouble, 'app');
export const ipcMain = strict(ipcMainDouble, 'ipcMain');
export const protocol = strict(pages.protocol, 'protocol');
export const net = strict(pages.net, 'net');
export const session = strict(
  { defaultSession: strict(sessionDouble.defaultSession, 'session.defaultSession') },
  'session',
);
export const shell = strict(native.shell, 'shell');
export const clipboard = strict(native.clipboard, 'clipboard');
export const dialog = strict(native.dialog, 'dialog');
export const safeStorage = strict(native.safeStorage, 'safeStorage');
export const nativeTheme = native.nativeTheme;
export const screen = strict(native.screen, 'screen');
export const powerSaveBlocker = strict(native.powerSaveBlocker, 'powerSaveBlocker');
export const powerMonitor = strict(native.powerMonitor, 'powerMonitor');

obey();
// After everything of ours is loaded: only main's own code is to believe it.
if (options.platform !== undefined) Object.defineProperty(process, 'platform', { value: options.platform });
