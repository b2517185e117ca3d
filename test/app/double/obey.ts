import type { Pushes, PushName } from '../../../shared/contract.ts';
import { app } from './app.ts';
import { attachUrl } from './browser.ts';
import { prepareAnswer, recorded } from './control.ts';
import { answer, wire } from './ipc.ts';
import { allItems, Menu } from './menu.ts';
import { clipboard, powerMonitor } from './native.ts';
import { permissions } from './session.ts';
import { BrowserWindow } from './window.ts';

/** What a test may ask of the process in which main runs, and what it gets. */
export interface Orders {
  /** Resolves when the first window's page is there; gives where to attach. */
  attach(): Promise<string>;
  recorded(): Promise<typeof recorded>;
  prepareAnswer(order: { dialog: string; answer: unknown }): Promise<void>;
  clickMenu(id: string): Promise<void>;
  menu(): Promise<MenuLook[]>;
  clipboard(): Promise<string>;
  windows(): Promise<{ url: string; visible: boolean; bounds: object }[]>;
  closeWindow(): Promise<void>;
  setBounds(bounds: { x: number; y: number; width: number; height: number }): Promise<void>;
  activate(): Promise<void>;
  power(event: 'suspend' | 'resume'): Promise<void>;
  /** Tells the window something, as main does. */
  push<N extends PushName>(push: { name: N; value: Pushes[N] }): Promise<void>;
  permission(name: string): Promise<{ requested: boolean; checked: boolean }>;
  /** A call that comes from a page or frame that is not the window's own. */
  callAs(from: Foreign): Promise<unknown>;
  quit(): Promise<void>;
}

/** Where a call comes from; what is not said is as it is for the window's own page. */
export interface Foreign {
  url?: string;
  /** From a frame in the page. */
  framed?: boolean;
  /** The frame is gone already. */
  gone?: boolean;
  /** From another window's page. */
  stranger?: boolean;
}

/** An item of the application menu. */
export interface MenuLook {
  id: string;
  label: string;
  role: string | undefined;
  enabled: boolean;
  accelerator: string | undefined;
  /** Title of the menu that it is in; empty for the menus themselves. */
  menu: string;
}

const orders: Orders = {
  async attach() {
    await app.whenReady();
    return attachUrl();
  },
  recorded: async () => recorded,
  prepareAnswer: async ({ dialog, answer }) => prepareAnswer(dialog, answer),
  async clickMenu(id) {
    const menu = Menu.getApplicationMenu();
    const item = menu && allItems(menu).find((candidate) => candidate.id === id || candidate.role === id);
    if (!item) throw new Error(`the menu has no '${id}'`);
    item.click();
  },
  async menu() {
    const menus = Menu.getApplicationMenu()?.items ?? [];
    return menus.flatMap((menu) =>
      [menu, ...(menu.submenu?.items ?? [])]
        .filter(({ type }) => type !== 'separator')
        .map((item) => ({
          id: item.id,
          label: item.label,
          role: item.role,
          enabled: item.enabled,
          accelerator: item.accelerator,
          menu: item === menu ? '' : menu.label,
        })),
    );
  },
  clipboard: () => clipboard.readText(),
  windows: async () =>
    BrowserWindow.getAllWindows().map((window) => ({
      url: window.webContents.getURL(),
      visible: window.isVisible(),
      bounds: window.getBounds(),
    })),
  closeWindow: async () => BrowserWindow.getAllWindows().at(-1)?.close(),
  setBounds: async (bounds) => BrowserWindow.getAllWindows().at(-1)?.setBounds(bounds),
  activate: async () => void app.emit('activate', {}, false),
  power: async (event) => void powerMonitor.emit(event),
  push: async ({ name, value }) =>
    BrowserWindow.getAllWindows().at(-1)?.webContents.send('push', name, value),
  async permission(name) {
    const { request, check } = permissions;
    // Electron grants what nobody decides about.
    const requested = request
      ? await new Promise<boolean>((resolve) => request(undefined, name, resolve, {}))
      : true;
    return { requested, checked: check ? check(undefined, name, '', {}) : true };
  },
  async callAs({ url, framed, gone, stranger }) {
    const own = BrowserWindow.getAllWindows()[0]?.webContents;
    const frame = { url: url ?? own?.getURL(), parent: framed ? { url: own?.getURL(), parent: null } : null };
    const event = { sender: stranger ? {} : own, senderFrame: gone ? null : frame };
    const reply = await answer(event, {
      kind: 'invoke',
      id: 0,
      channel: 'call',
      args: ['state', undefined].map(wire.encode),
    });
    return 'value' in reply ? { value: wire.decode(reply.value) } : reply;
  },
  quit: async () => app.quit(),
};

interface Order {
  order: keyof Orders;
  id: number;
  input?: unknown;
}

/** Does what the parent process asks for; nothing when there is none that asks. */
export function obey(): void {
  if (process.send === undefined) return;
  process.on('message', ({ order, id, input }: Order) => {
    const obeyed = (orders[order] as (input: unknown) => Promise<unknown>)(input);
    const reply = (answer: object) => process.connected && process.send?.({ id, ...answer });
    obeyed.then(
      (value) => reply({ value }),
      (error) => reply({ error: String(error) }),
    );
  });
  // Asking must not keep the application alive.
  process.channel?.unref();
}
