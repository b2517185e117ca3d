import type { MenuId } from '../../../shared/commands.ts';
import type { Lang } from '../../../shared/text.ts';

interface PalettePhrases {
  title: string;
  placeholder: string;
  commands: string;
  machines: string;
  runs: string;
  nothing: string;
  shortcuts: string;
  done: string;
  menus: Record<MenuId, string>;
  inPlace: { title: string; rows: readonly { keys: string; does: string }[] };
}

/** Commands to be found by typing, and the list of shortcuts. */
export const PALETTE_PHRASES: Record<Lang, PalettePhrases> = {
  en: {
    title: 'Commands',
    placeholder: 'Command, machine or run',
    commands: 'Commands',
    machines: 'Machines',
    runs: 'Recent runs',
    nothing: 'Nothing matches',
    shortcuts: 'Keyboard shortcuts',
    done: 'Done',
    menus: {
      app: 'Culprit',
      file: 'File',
      edit: 'Edit',
      view: 'View',
      run: 'Diagnosis',
      window: 'Window',
      help: 'Help',
    },
    inPlace: {
      title: 'Where the keyboard is',
      rows: [
        { keys: 'Tab', does: 'To the next pane or control' },
        { keys: '↑ ↓', does: 'To the next row; in a list, letters jump to a name' },
        { keys: '← →', does: 'Move the line between two panes; ⇧ moves it further' },
        { keys: '↩', does: 'On that line: back to the usual size' },
        { keys: 'esc', does: 'Close what is in front' },
      ],
    },
  },
  'zh-CN': {
    title: '命令',
    placeholder: '命令、机器或诊断记录',
    commands: '命令',
    machines: '机器',
    runs: '最近的诊断',
    nothing: '没有匹配项',
    shortcuts: '键盘快捷键',
    done: '完成',
    menus: {
      app: 'Culprit',
      file: '文件',
      edit: '编辑',
      view: '显示',
      run: '诊断',
      window: '窗口',
      help: '帮助',
    },
    inPlace: {
      title: '键盘所在之处',
      rows: [
        { keys: 'Tab', does: '前往下一个面板或控件' },
        { keys: '↑ ↓', does: '前往下一行；在列表中键入字母可跳到对应名称' },
        { keys: '← →', does: '移动两个面板之间的分隔线；按住 ⇧ 移动更多' },
        { keys: '↩', does: '在分隔线上：恢复默认大小' },
        { keys: 'esc', does: '关闭最前面的内容' },
      ],
    },
  },
};
