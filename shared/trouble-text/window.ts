import { NOTHING_RAN, type Sayings, said } from './sayings.ts';

/** What goes wrong only in the window: its lists, its files, its terminal. */
export const WINDOW_SAYINGS = {
  'machine-gone': () => ({
    what: { en: 'This machine is no longer there.', 'zh-CN': '这台机器已不存在。' },
    meaning: {
      en: 'It was removed, in VirtualBox or here. Its recorded runs are kept.',
      'zh-CN': '它已在 VirtualBox 或这里被移除。已保存的诊断记录仍然保留。',
    },
    next: { en: 'Choose another machine.', 'zh-CN': '请选择其他机器。' },
  }),
  'too-many-hosts': (f) => ({
    what: {
      en: `No more than ${f.most} SSH hosts can be listed.`,
      'zh-CN': `最多只能添加 ${f.most} 台 SSH 主机。`,
    },
    meaning: { en: 'The host was not added.', 'zh-CN': '没有添加这台主机。' },
    next: { en: 'Remove one that you no longer need.', 'zh-CN': '请移除不再需要的主机。' },
  }),
  'run-gone': () => ({
    what: { en: 'This run is no longer there.', 'zh-CN': '这次诊断的记录已不存在。' },
    meaning: {
      en: 'It was deleted, or made room for newer ones.',
      'zh-CN': '它已被删除，或因记录过多而被清理。',
    },
    next: { en: 'Diagnose the machine again.', 'zh-CN': '请重新诊断这台机器。' },
  }),
  'run-unreadable': (f) => ({
    what: {
      en: `The file of this run is damaged (${f.path}).`,
      'zh-CN': `这次诊断的记录文件已损坏（${f.path}）。`,
    },
    meaning: {
      en: 'Nothing of it can be shown. Other runs are not affected.',
      'zh-CN': '无法显示其中的任何内容。其他记录不受影响。',
    },
    next: { en: 'Delete it, and diagnose the machine again.', 'zh-CN': '请删除它，然后重新诊断这台机器。' },
  }),
  'run-goes-on': () => ({
    what: { en: 'This run is still going on.', 'zh-CN': '这次诊断仍在进行。' },
    meaning: { en: 'It was not deleted.', 'zh-CN': '没有删除它。' },
    next: { en: 'Stop it first.', 'zh-CN': '请先停止诊断。' },
  }),
  'data-unwritable': (f) => ({
    what: {
      en: `Culprit cannot write to its folder (${f.path}: ${f.detail}).`,
      'zh-CN': `Culprit 无法写入自己的文件夹（${f.path}：${f.detail}）。`,
    },
    meaning: NOTHING_RAN,
    next: {
      en: 'Check that the disk is not full and that the folder is yours, and try again.',
      'zh-CN': '请确认磁盘未满并且对该文件夹有写入权限，然后重试。',
    },
  }),
  'report-missing': (f) => ({
    what: {
      en: `The exported report is not where it was${said(f.path).en}.`,
      'zh-CN': `导出的报告已不在原处${said(f.path)['zh-CN']}。`,
    },
    meaning: {
      en: 'It was moved or deleted, or never exported. The run itself is kept.',
      'zh-CN': '它可能已被移动、删除，或从未导出。诊断记录本身仍然保留。',
    },
    next: { en: 'Export the report again.', 'zh-CN': '请重新导出报告。' },
  }),
  'terminal-unavailable': (f) => ({
    what: {
      en: `The shell could not be opened${said(f.detail).en}.`,
      'zh-CN': `无法打开终端${said(f.detail)['zh-CN']}。`,
    },
    meaning: {
      en: 'Diagnosing works all the same.',
      'zh-CN': '这不影响诊断。',
    },
    next: { en: 'Open it again.', 'zh-CN': '请重新打开。' },
  }),
  'too-many-terminals': (f) => ({
    what: {
      en: `No more than ${f.most} shells can be open.`,
      'zh-CN': `最多只能同时打开 ${f.most} 个终端。`,
    },
    meaning: { en: 'This one was not opened.', 'zh-CN': '没有打开新的终端。' },
    next: { en: 'Close one that you no longer need.', 'zh-CN': '请关闭不再需要的终端。' },
  }),
  'local-shell-missing': (f) => ({
    what: {
      en: `A shell on this computer cannot be opened here${said(f.detail).en}.`,
      'zh-CN': `此处无法打开本机终端${said(f.detail)['zh-CN']}。`,
    },
    meaning: {
      en: 'The part that opens shells (node-pty) was not built for this system. Diagnosing and shells on machines work all the same.',
      'zh-CN': '用于打开终端的组件（node-pty）没有为本系统构建。诊断以及机器上的终端不受影响。',
    },
    next: {
      en: 'Use your own terminal application, or build it: “node build/native.mjs” needs a C++ compiler and Python.',
      'zh-CN': '请使用其他终端应用，或自行构建：“node build/native.mjs”，需要 C++ 编译器和 Python。',
    },
  }),
  'shell-cut-off': () => ({
    what: { en: 'The connection to the machine broke.', 'zh-CN': '与机器的连接已中断。' },
    meaning: {
      en: 'The shell ended with it, and so did what ran in it.',
      'zh-CN': '终端及其中运行的程序也随之结束。',
    },
    next: {
      en: 'Check that the machine is running, and open the shell again.',
      'zh-CN': '请确认机器正在运行，然后重新打开终端。',
    },
  }),
} satisfies Sayings<
  | 'machine-gone'
  | 'too-many-hosts'
  | 'run-gone'
  | 'run-unreadable'
  | 'run-goes-on'
  | 'data-unwritable'
  | 'report-missing'
  | 'terminal-unavailable'
  | 'too-many-terminals'
  | 'local-shell-missing'
  | 'shell-cut-off'
>;
