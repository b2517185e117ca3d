import type { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type * as Double from './electron.ts';

// The compiler checks here that the double has no member that Electron itself does not have, and none that is something
// else or gives something else. Members that begin with `_` are the double's own workings.

type Own<T> = { [K in keyof T as K extends `_${string}` | keyof EventEmitter ? never : K]: T[K] };
/** What a promise or a value has. */
type Result<T> = T extends (...args: never[]) => infer O ? Exclude<Awaited<O>, null | undefined> : never;
/** Is a function where Electron has one, and gives nothing that Electron's does not give? */
type Same<D, R> = D extends (...args: never[]) => unknown
  ? R extends (...args: never[]) => unknown
    ? [Exclude<keyof Own<Result<D>>, keyof Result<R>>] extends [never]
      ? true
      : false
    : // A menu item's `click` is only a `Function` there.
      [R] extends [CallableFunction]
      ? true
      : [CallableFunction] extends [R]
        ? true
        : false
  : R extends (...args: never[]) => unknown
    ? false
    : true;

/** The names of members that Electron lacks, or has as something else. */
type Wrong<D, R> = {
  [K in keyof Own<D>]: K extends keyof R & keyof D ? (Same<D[K], R[K]> extends true ? never : K) : K;
}[keyof Own<D>];

/** Compiles only when there are none. */
type None<Names extends never> = Names;

export type Checked = [
  None<Exclude<keyof typeof Double, keyof typeof Electron>>,
  None<Wrong<typeof Double.app, Electron.App>>,
  None<Wrong<typeof Double.ipcMain, Electron.IpcMain>>,
  None<Wrong<typeof Double.protocol, Electron.Protocol>>,
  None<Wrong<typeof Double.net, Electron.Net>>,
  None<Wrong<(typeof Double.session)['defaultSession'], Electron.Session>>,
  None<Wrong<typeof Double.shell, Electron.Shell>>,
  None<Wrong<typeof Double.clipboard, Electron.Clipboard>>,
  None<Wrong<typeof Double.dialog, Electron.Dialog>>,
  None<Wrong<typeof Double.safeStorage, Electron.SafeStorage>>,
  None<Wrong<typeof Double.nativeTheme, Electron.NativeTheme>>,
  None<Wrong<typeof Double.screen, Electron.Screen>>,
  None<Wrong<typeof Double.powerSaveBlocker, Electron.PowerSaveBlocker>>,
  None<Wrong<typeof Double.powerMonitor, Electron.PowerMonitor>>,
  None<Wrong<Double.BrowserWindow, Electron.BrowserWindow>>,
  None<Wrong<Double.BrowserWindow['webContents'], Electron.WebContents>>,
  None<Wrong<Double.Menu, Electron.Menu>>,
  None<Wrong<Double.Menu['items'][number], Electron.MenuItem>>,
  // @ts-expect-error -- the check itself: Electron has no such member
  None<Wrong<{ invented(): void }, Electron.App>>,
  // @ts-expect-error -- that gives something else
  None<Wrong<{ decryptStringAsync(): Promise<{ text: string }> }, Electron.SafeStorage>>,
  // @ts-expect-error -- and this one is no function there
  None<Wrong<{ isPackaged(): boolean }, Electron.App>>,
];
