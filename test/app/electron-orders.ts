import type * as Electron from 'electron';
import type { Orders } from './double/obey.ts';

/**
 * Runs in Electron's main process: what the double does by itself is done there by taking dialogs, the desktop and the
 * clipboard away from the real modules. Playwright sends it over as text, so it must use nothing from outside itself.
 */
export function electronOrders({
  app,
  BrowserWindow,
  clipboard,
  dialog,
  Menu,
  powerMonitor,
  shell,
}: typeof Electron): void {
  const recorded: { what: string; details: unknown[] }[] = [];
  const answers = new Map<string, unknown[]>();
  const held = new Map<string, (answer: unknown) => void>();
  const record = (what: string, ...details: unknown[]) => void recorded.push({ what, details });
  const asked = (name: string, otherwise: object) =>
    (async (...args: unknown[]) => {
      record(name, args.at(-1));
      const answer = answers.get(name)?.shift();
      if (answer !== 'hold') return answer ?? otherwise;
      return new Promise((resolve) => held.set(name, resolve));
    }) as never;
  dialog.showSaveDialog = asked('showSaveDialog', { canceled: true, filePath: '' });
  dialog.showOpenDialog = asked('showOpenDialog', { canceled: true, filePaths: [] });
  dialog.showMessageBox = asked('showMessageBox', { response: 0, checkboxChecked: false });
  shell.openExternal = async (url) => record('openExternal', url);
  shell.showItemInFolder = (path) => record('showItemInFolder', path);
  let copied = '';
  clipboard.writeText = (async (text: string) => {
    copied = text;
    record('copied', text);
  }) as never;
  const first = () => BrowserWindow.getAllWindows()[0];
  const all = (menu: Electron.Menu | null): Electron.MenuItem[] =>
    (menu?.items ?? []).flatMap((item) => [item, ...all(item.submenu ?? null)]);

  const orders: Omit<Orders, 'attach' | 'permission' | 'callAs'> = {
    recorded: async () => recorded,
    prepareAnswer: async ({ dialog: name, answer }) => {
      const close = held.get(name);
      held.delete(name);
      if (close) close(answer);
      else answers.set(name, [...(answers.get(name) ?? []), answer]);
    },
    clickMenu: async (id) => {
      const item = all(Menu.getApplicationMenu()).find(
        (candidate) => candidate.id === id || candidate.role === id,
      );
      if (item === undefined) throw new Error(`the menu has no '${id}'`);
      item.click();
    },
    menu: async () =>
      (Menu.getApplicationMenu()?.items ?? []).flatMap((menu) =>
        [menu, ...(menu.submenu?.items ?? [])]
          .filter(({ type }) => type !== 'separator')
          .map((item) => ({
            id: item.id,
            label: item.label,
            role: item.role as string | undefined,
            enabled: item.enabled,
            accelerator: (item.accelerator ?? undefined) as string | undefined,
            menu: item === menu ? '' : menu.label,
          })),
      ),
    clipboard: async () => copied,
    windows: async () =>
      BrowserWindow.getAllWindows().map((window) => ({
        url: window.webContents.getURL(),
        visible: window.isVisible(),
        bounds: window.getBounds(),
      })),
    closeWindow: async () => first()?.close(),
    setBounds: async (bounds) => first()?.setBounds(bounds),
    activate: async () => void app.emit('activate', {}, false),
    power: async (event) => void powerMonitor.emit(event),
    push: async ({ name, value }) => first()?.webContents.send('push', name, value),
    quit: async () => app.quit(),
  };
  Object.assign(globalThis, {
    culpritOrders: {
      ...orders,
      _record: ({ what, details }: { what: string; details: unknown[] }) => record(what, ...details),
    },
  });
}
