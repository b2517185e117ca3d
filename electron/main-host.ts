import {
  app,
  clipboard,
  dialog,
  nativeTheme,
  powerSaveBlocker,
  type SaveDialogOptions,
  safeStorage,
  shell,
} from 'electron';
import type { Host, Keychain, MenuView } from './app/host.ts';
import type { MainWindow } from './window.ts';

export interface HostOptions {
  window: MainWindow;
  dataFolder: string;
  platform: NodeJS.Platform;
  menu(view: MenuView): void;
  log(line: string): void;
}

/** What the desktop does for the application. Electron must be ready. */
export async function electronHost({ window, dataFolder, platform, menu, log }: HostOptions): Promise<Host> {
  return {
    dataFolder,
    documentsFolder: app.getPath('documents'),
    platform,
    env: process.env,
    languages: app.getPreferredSystemLanguages(),
    push: (name, value) => window.push(name, value),
    keychain: await keychain(platform),
    async chooseSavePath(options) {
      const { canceled, filePath } = await showSave(window, {
        ...options,
        filters: [{ name: 'Markdown', extensions: ['md'] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      return canceled || filePath === '' ? undefined : filePath;
    },
    async chooseFile({ defaultPath, title, showHidden }) {
      const options: Electron.OpenDialogOptions = {
        defaultPath,
        title,
        // On a Mac the title bar of a sheet is not there; the message is.
        message: title,
        properties: showHidden ? ['openFile', 'showHiddenFiles'] : ['openFile'],
      };
      const over = window.native;
      const { canceled, filePaths } = await (over === undefined
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(over, options));
      return canceled ? undefined : filePaths[0];
    },
    copy: (text) => clipboard.writeText(text),
    reveal: (path) => shell.showItemInFolder(path),
    openLink: (url) => shell.openExternal(url),
    progress: (share) => window.native?.setProgressBar(share ?? -1),
    stayAwake() {
      const id = powerSaveBlocker.start('prevent-app-suspension');
      return () => {
        powerSaveBlocker.stop(id);
      };
    },
    menu,
    theme(theme) {
      nativeTheme.themeSource = theme;
    },
    log,
  };
}

function showSave(window: MainWindow, options: SaveDialogOptions) {
  const over = window.native;
  return over === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(over, options);
}

/** The Keychain, or what a Linux desktop has for it; undefined where a secret would lie there as plain as in a file. */
async function keychain(platform: NodeJS.Platform): Promise<Keychain | undefined> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return undefined;
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) {
    return undefined;
  }
  return {
    seal: async (secret) => (await safeStorage.encryptStringAsync(secret)).toString('base64'),
    open: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result,
  };
}
