import { Menu, type MenuItemConstructorOptions } from 'electron';
import { COMMAND_IDS, COMMANDS, type CommandId, type CommandInfo, type MenuId } from '../shared/commands.ts';
import type { Lang } from '../shared/text.ts';
import type { MenuView } from './app/host.ts';
import { MENU_PHRASES } from './main-phrases.ts';

type Item = MenuItemConstructorOptions;
type Role = Exclude<keyof typeof MENU_PHRASES, MenuId>;

interface MenuOptions extends MenuView {
  platform: NodeJS.Platform;
  developing: boolean;
  chosen(command: CommandId): void;
}

/** Makes the application menu anew; Electron has no way to change labels of the one there is. */
export function setMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
}

/** The application menu: every command of `COMMANDS` in its menu, and the standard items around them. */
function menuTemplate({ platform, lang, enabled, developing, chosen }: MenuOptions): Item[] {
  const roles = (...names: Role[]) => names.map((role): Item => ({ role, label: MENU_PHRASES[role][lang] }));
  const commands = (menu: MenuId) => ofMenu(menu, lang, enabled, chosen);
  const mac = platform === 'darwin';
  const help = [...commands('help'), ...(developing ? roles('toggleDevTools') : [])];
  const menu = (id: Exclude<MenuId, 'app'>, ...groups: Item[][]): Item => ({
    id: `menu-${id}`,
    label: MENU_PHRASES[id][lang],
    submenu: separated(groups),
  });
  // Only a Mac has a menu named after the application; elsewhere what is in it goes where people look for it.
  const app: Item = {
    id: 'menu-app',
    label: 'Culprit',
    submenu: separated([
      roles('about'),
      commands('app'),
      roles('services'),
      roles('hide', 'hideOthers', 'unhide'),
      roles('quit'),
    ]),
  };
  return [
    ...(mac ? [app] : []),
    menu('file', commands('file'), mac ? roles('close') : [...commands('app'), ...roles('quit')]),
    menu('edit', roles('undo', 'redo'), roles('cut', 'copy', 'paste', 'selectAll'), commands('edit')),
    menu('view', commands('view'), roles('resetZoom', 'zoomIn', 'zoomOut'), roles('togglefullscreen')),
    menu('run', commands('run')),
    menu('window', roles('minimize', 'zoom'), commands('window'), mac ? roles('front') : roles('close')),
    menu('help', mac ? help : [...help, ...roles('about')]),
  ];
}

function ofMenu(
  menu: MenuId,
  lang: Lang,
  enabled: ReadonlySet<CommandId>,
  chosen: (id: CommandId) => void,
): Item[] {
  return COMMAND_IDS.flatMap((id): Item[] => {
    const info: CommandInfo = COMMANDS[id];
    if (info.menu !== menu) return [];
    const accelerator = info.accelerator === undefined ? {} : { accelerator: info.accelerator };
    return [
      { id, label: info.title[lang], enabled: enabled.has(id), click: () => chosen(id), ...accelerator },
    ];
  });
}

/** Groups with a line between them, empty ones left out. */
function separated(groups: Item[][]): Item[] {
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, i): Item[] => (i === 0 ? group : [{ type: 'separator' }, ...group]));
}
