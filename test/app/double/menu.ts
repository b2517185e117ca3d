import { EventEmitter } from 'node:events';
import { record } from './control.ts';

/** An item as it is given to `buildFromTemplate`. */
interface Template {
  id?: string;
  label?: string;
  role?: string;
  type?: string;
  enabled?: boolean;
  accelerator?: string;
  click?: (item: unknown, window: unknown, event: unknown) => void;
  submenu?: Template[];
}

class MenuItemDouble {
  readonly id: string;
  readonly label: string;
  readonly role: string | undefined;
  readonly type: string;
  readonly enabled: boolean;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  readonly #click: Template['click'];
  constructor({ id, label, role, type, enabled, accelerator, click, submenu }: Template) {
    this.id = id ?? '';
    this.label = label ?? '';
    this.role = role;
    this.type = type ?? (submenu === undefined ? 'normal' : 'submenu');
    this.enabled = enabled ?? true;
    this.accelerator = accelerator;
    this.submenu = submenu === undefined ? undefined : Menu.buildFromTemplate(submenu);
    this.#click = click;
    if (accelerator !== undefined) parseAccelerator(accelerator);
  }
  click() {
    if (!this.enabled) return;
    if (this.role !== undefined) {
      record('role', this.role);
      menus.emit('role', this.role);
    } else this.#click?.(this, undefined, {});
  }
}

/** Says `changed` when there is another application menu, and `role` when a standard item is chosen. */
export const menus = new EventEmitter();

export class Menu {
  static #application: Menu | null = null;
  items: MenuItemDouble[] = [];

  static buildFromTemplate(template: Template[]): Menu {
    const menu = new Menu();
    menu.items = template.map((item) => new MenuItemDouble(item));
    return menu;
  }
  static setApplicationMenu(menu: Menu | null) {
    Menu.#application = menu;
    menus.emit('changed');
  }
  static getApplicationMenu() {
    return Menu.#application;
  }
  getMenuItemById(id: string): MenuItemDouble | null {
    return allItems(this).find((item) => item.id === id) ?? null;
  }
}

/** Every item of a menu, those of its submenus too. */
export function allItems({ items }: Menu): MenuItemDouble[] {
  return items.flatMap((item) => [item, ...(item.submenu ? allItems(item.submenu) : [])]);
}

/** A key combination as the browser's key events say it. */
export interface Shortcut {
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  key: string;
  code: string;
}

const PUNCTUATION: Record<string, string> = { ',': 'Comma', '.': 'Period', '/': 'Slash' };

/** Reads what Electron calls an accelerator; throws on what it would not understand. */
export function parseAccelerator(accelerator: string, platform: string = process.platform): Shortcut {
  const parts = accelerator.split('+');
  const key = parts.pop() ?? '';
  if (!/^(?:[A-Z0-9,./]|F\d{1,2})$/.test(key)) throw new Error(`no accelerator: ${accelerator}`);
  const shortcut: Shortcut = {
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    key: key.toLowerCase(),
    code: PUNCTUATION[key] ?? (/\d/.test(key) ? `Digit${key}` : `Key${key}`),
  };
  for (const part of parts) {
    if (part === 'CmdOrCtrl') shortcut[platform === 'darwin' ? 'metaKey' : 'ctrlKey'] = true;
    else if (part === 'Cmd') shortcut.metaKey = true;
    else if (part === 'Ctrl') shortcut.ctrlKey = true;
    else if (part === 'Alt') shortcut.altKey = true;
    else if (part === 'Shift') shortcut.shiftKey = true;
    else throw new Error(`no accelerator: ${accelerator}`);
  }
  return shortcut;
}
