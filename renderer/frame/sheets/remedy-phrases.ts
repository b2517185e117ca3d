import type { RemedyKind } from '../../../shared/remedy.ts';
import type { Lang } from '../../../shared/text.ts';

interface RemedyPhrases {
  title: Record<RemedyKind, (machine: string) => string>;
  go: Record<RemedyKind, string>;
  cancel: string;
  careful: string;
  file: string;
  runs: string;
  takenBack: string;
  undo: string;
  copyCommands: string;
  copyUndo: string;
  interrupts: string;
  interrupted: Record<RemedyKind, string>;
  /** What is certain whatever happens. */
  promise: Record<RemedyKind, string>;
}

const en: RemedyPhrases = {
  title: {
    trial: (machine) => `Try a change in “${machine}”?`,
    fix: (machine) => `Fix “${machine}”?`,
    undo: (machine) => `Take the fix in “${machine}” back?`,
  },
  go: { trial: 'Try It', fix: 'Fix It', undo: 'Take It Back' },
  cancel: 'Cancel',
  careful: 'Careful:',
  file: 'This file changes',
  runs: 'These commands run in the VM, as root',
  takenBack: 'These take it back, seconds later',
  undo: 'How it is taken back',
  copyCommands: 'Copy commands',
  copyUndo: 'Copy the commands that take it back',
  interrupts: 'What it interrupts',
  interrupted: {
    trial: 'Nothing that runs is stopped or restarted; the change stands for some seconds.',
    fix: 'Nothing that runs is stopped or restarted.',
    undo: 'What works only because of the fix stops working.',
  },
  promise: {
    trial:
      'The flows that fail are tried with the change, and again without it. The VM itself takes it back, even if the connection breaks.',
    fix: 'The flows that fail are tried again afterwards. If a command fails, what was done is taken back. The fix can be undone from this run later.',
    undo: 'This is done only if the VM is still as the fix left it. If a command fails, what was done is put back.',
  },
};

const zh: RemedyPhrases = {
  title: {
    trial: (machine) => `要在“${machine}”中试改一次吗？`,
    fix: (machine) => `要修复“${machine}”吗？`,
    undo: (machine) => `要撤销“${machine}”中的修复吗？`,
  },
  go: { trial: '试改', fix: '修复', undo: '撤销修复' },
  cancel: '取消',
  careful: '注意：',
  file: '此文件将被更改',
  runs: '将在虚拟机中以 root 身份执行这些命令',
  takenBack: '数秒后由这些命令撤销',
  undo: '如何撤销',
  copyCommands: '拷贝命令',
  copyUndo: '拷贝撤销命令',
  interrupts: '会中断什么',
  interrupted: {
    trial: '不会停止或重启任何正在运行的容器或服务；更改只持续数秒。',
    fix: '不会停止或重启任何正在运行的容器或服务。',
    undo: '依靠此修复才正常的流量会再次失败。',
  },
  promise: {
    trial: '失败的流量会在更改后测试一次，撤销后再测试一次。即使连接中断，虚拟机自身也会撤销更改。',
    fix: '之后会重新测试失败的流量。若有命令失败，已完成的部分会被撤销。以后可以从这次运行中撤销修复。',
    undo: '仅当虚拟机仍保持修复后的状态时才会执行。若有命令失败，已完成的部分会被恢复。',
  },
};

/** What the sheet says that asks before something is changed. */
export const REMEDY_PHRASES: Record<Lang, RemedyPhrases> = { en, 'zh-CN': zh };
