import type { Text } from './text.ts';

/** Menus of the application menu, in its order; standard items (Quit, Copy, Minimize…) are Electron's roles. */
export const MENUS = ['app', 'file', 'edit', 'view', 'run', 'window', 'help'] as const;
export type MenuId = (typeof MENUS)[number];

export interface CommandInfo {
  title: Text;
  menu: MenuId;
  /** As Electron writes it: `CmdOrCtrl+R`. */
  accelerator?: string;
  /** More words by which the palette finds it. */
  words?: Text;
}

/**
 * Everything the application can be told by menu, palette or shortcut: one list, from which menu, palette and shortcut
 * sheet are made, so that they cannot disagree.
 */
export const COMMANDS = {
  settings: { title: { en: 'Settings…', 'zh-CN': '设置…' }, menu: 'app', accelerator: 'CmdOrCtrl+,' },
  'add-host': {
    title: { en: 'Add SSH Host…', 'zh-CN': '添加 SSH 主机…' },
    menu: 'file',
    accelerator: 'CmdOrCtrl+N',
  },
  'open-log': {
    title: { en: 'Open Trace Log…', 'zh-CN': '打开跟踪日志…' },
    menu: 'file',
    accelerator: 'CmdOrCtrl+O',
    words: { en: 'nft monitor xtables TRACE LOG file', 'zh-CN': '文件 跟踪' },
  },
  export: { title: { en: 'Export Report…', 'zh-CN': '导出报告…' }, menu: 'file', accelerator: 'CmdOrCtrl+E' },
  'copy-report': {
    title: { en: 'Copy Report as Markdown', 'zh-CN': '以 Markdown 拷贝报告' },
    menu: 'file',
    accelerator: 'CmdOrCtrl+Shift+C',
  },
  reveal: { title: { en: 'Show Report in Finder', 'zh-CN': '在访达中显示报告' }, menu: 'file' },
  find: { title: { en: 'Find', 'zh-CN': '查找' }, menu: 'edit', accelerator: 'CmdOrCtrl+F' },
  palette: {
    title: { en: 'Commands…', 'zh-CN': '命令…' },
    menu: 'view',
    accelerator: 'CmdOrCtrl+K',
  },
  'toggle-sidebar': {
    title: { en: 'Show or Hide Sidebar', 'zh-CN': '显示或隐藏边栏' },
    menu: 'view',
    accelerator: 'Ctrl+Cmd+S',
  },
  'toggle-terminal': {
    title: { en: 'Show or Hide Terminal', 'zh-CN': '显示或隐藏终端' },
    menu: 'view',
    accelerator: 'Alt+CmdOrCtrl+T',
  },
  'terminal-right': { title: { en: 'Terminal on the Right', 'zh-CN': '终端在右侧' }, menu: 'view' },
  'terminal-bottom': { title: { en: 'Terminal at the Bottom', 'zh-CN': '终端在底部' }, menu: 'view' },
  'clear-terminal': {
    title: { en: 'Clear Terminal', 'zh-CN': '清除终端' },
    menu: 'view',
    accelerator: 'Alt+CmdOrCtrl+K',
  },
  'focus-1': {
    title: { en: 'Go to Machines', 'zh-CN': '前往机器列表' },
    menu: 'view',
    accelerator: 'CmdOrCtrl+1',
  },
  'focus-2': {
    title: { en: 'Go to Verdict', 'zh-CN': '前往结论' },
    menu: 'view',
    accelerator: 'CmdOrCtrl+2',
  },
  'focus-3': { title: { en: 'Go to Path', 'zh-CN': '前往路径' }, menu: 'view', accelerator: 'CmdOrCtrl+3' },
  'focus-4': {
    title: { en: 'Go to Flows', 'zh-CN': '前往连通情况' },
    menu: 'view',
    accelerator: 'CmdOrCtrl+4',
  },
  'focus-5': {
    title: { en: 'Go to Timeline', 'zh-CN': '前往时间线' },
    menu: 'view',
    accelerator: 'CmdOrCtrl+5',
  },
  'focus-6': {
    title: { en: 'Go to Run Log', 'zh-CN': '前往运行日志' },
    menu: 'view',
    accelerator: 'CmdOrCtrl+6',
  },
  'focus-7': {
    title: { en: 'Go to Guest Shell', 'zh-CN': '前往虚拟机终端' },
    menu: 'view',
    accelerator: 'CmdOrCtrl+7',
  },
  'focus-8': {
    title: { en: 'Go to Mac Shell', 'zh-CN': '前往本机终端' },
    menu: 'view',
    accelerator: 'CmdOrCtrl+8',
  },
  'focus-9': {
    title: { en: 'Go to Recent Runs', 'zh-CN': '前往最近的诊断' },
    menu: 'view',
    accelerator: 'CmdOrCtrl+9',
  },
  diagnose: {
    title: { en: 'Diagnose', 'zh-CN': '诊断' },
    menu: 'run',
    accelerator: 'CmdOrCtrl+R',
    words: { en: 'run start again', 'zh-CN': '运行 开始 再次' },
  },
  stop: { title: { en: 'Stop', 'zh-CN': '停止' }, menu: 'run', accelerator: 'CmdOrCtrl+.' },
  sample: { title: { en: 'Diagnose the Recorded Sample', 'zh-CN': '诊断录制的示例' }, menu: 'run' },
  refresh: { title: { en: 'Look for Machines Again', 'zh-CN': '重新查找机器' }, menu: 'run' },
  shortcuts: {
    title: { en: 'Keyboard Shortcuts', 'zh-CN': '键盘快捷键' },
    menu: 'help',
    accelerator: 'CmdOrCtrl+/',
  },
} as const satisfies Record<string, CommandInfo>;

export type CommandId = keyof typeof COMMANDS;
export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[];
