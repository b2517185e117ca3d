import type { TroubleView } from '../shared/app-state.ts';
import type { Lang, Text } from '../shared/text.ts';

/** What the person reads when the window asked for what main does not know, or in a shape that it does not take. */
export const NOT_UNDERSTOOD: TroubleView = {
  code: 'bug',
  what: {
    en: 'The window asked for something that Culprit does not understand.',
    'zh-CN': '窗口发出了 Culprit 无法理解的请求。',
  },
  meaning: {
    en: 'This is a bug, not a finding about your VM. What you just did has not taken effect.',
    'zh-CN': '这是程序缺陷，与虚拟机的状况无关。刚才的操作没有生效。',
  },
  next: {
    en: 'Try it again; if it happens again, please report it with the log file.',
    'zh-CN': '请重试；如果再次出现，请附上日志文件反馈。',
  },
};

interface MainPhrases {
  quitRunning: { message: string; detail: string; quit: string; stay: string };
  cannotStart: { title: string; detail: (folder: string) => string };
}

/** Sentences of main's own dialogs. */
export const MAIN_PHRASES: Record<Lang, MainPhrases> = {
  en: {
    quitRunning: {
      message: 'A diagnosis is running.',
      detail:
        'Quitting stops it and removes everything it put into the machine. What it found so far is kept.',
      quit: 'Stop and Quit',
      stay: 'Cancel',
    },
    cannotStart: {
      title: 'Culprit cannot start',
      detail: (folder) =>
        `Something broke while Culprit was starting. It keeps its data in “${folder}”: check that this folder can be written to, then open Culprit again. The log file has the details.`,
    },
  },
  'zh-CN': {
    quitRunning: {
      message: '诊断正在进行。',
      detail: '退出会停止诊断，并移除它在机器中放置的所有内容。已得出的结果会保留。',
      quit: '停止并退出',
      stay: '取消',
    },
    cannotStart: {
      title: 'Culprit 无法启动',
      detail: (folder) =>
        `Culprit 在启动时出错。它的数据保存在“${folder}”：请确认该文件夹可以写入，然后重新打开 Culprit。详细信息在日志文件中。`,
    },
  },
};

/** Labels of the menus and of the standard items, which macOS translates only for applications in its own format. */
export const MENU_PHRASES = {
  file: { en: 'File', 'zh-CN': '文件' },
  edit: { en: 'Edit', 'zh-CN': '编辑' },
  view: { en: 'View', 'zh-CN': '显示' },
  run: { en: 'Diagnosis', 'zh-CN': '诊断' },
  window: { en: 'Window', 'zh-CN': '窗口' },
  help: { en: 'Help', 'zh-CN': '帮助' },
  about: { en: 'About Culprit', 'zh-CN': '关于 Culprit' },
  services: { en: 'Services', 'zh-CN': '服务' },
  hide: { en: 'Hide Culprit', 'zh-CN': '隐藏 Culprit' },
  hideOthers: { en: 'Hide Others', 'zh-CN': '隐藏其他' },
  unhide: { en: 'Show All', 'zh-CN': '全部显示' },
  quit: { en: 'Quit Culprit', 'zh-CN': '退出 Culprit' },
  close: { en: 'Close Window', 'zh-CN': '关闭窗口' },
  undo: { en: 'Undo', 'zh-CN': '撤销' },
  redo: { en: 'Redo', 'zh-CN': '重做' },
  cut: { en: 'Cut', 'zh-CN': '剪切' },
  copy: { en: 'Copy', 'zh-CN': '拷贝' },
  paste: { en: 'Paste', 'zh-CN': '粘贴' },
  selectAll: { en: 'Select All', 'zh-CN': '全选' },
  resetZoom: { en: 'Actual Size', 'zh-CN': '实际大小' },
  zoomIn: { en: 'Zoom In', 'zh-CN': '放大' },
  zoomOut: { en: 'Zoom Out', 'zh-CN': '缩小' },
  togglefullscreen: { en: 'Toggle Full Screen', 'zh-CN': '切换全屏幕' },
  toggleDevTools: { en: 'Developer Tools', 'zh-CN': '开发者工具' },
  minimize: { en: 'Minimize', 'zh-CN': '最小化' },
  zoom: { en: 'Zoom', 'zh-CN': '缩放' },
  front: { en: 'Bring All to Front', 'zh-CN': '前置全部窗口' },
} as const satisfies Record<string, Text>;
