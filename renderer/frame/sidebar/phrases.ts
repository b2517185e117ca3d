import type { RunItem } from '../../../shared/app-state.ts';
import type { Lang } from '../../../shared/text.ts';

interface SidebarPhrases {
  filter: string;
  virtualbox: string;
  ssh: string;
  runs: string;
  tryIt: string;
  addHost: string;
  looking: string;
  noVms: string;
  noMatch: string;
  moreRuns: (count: number) => string;
  noVirtualBox: string;
  vboxTrouble: string;
  /** VirtualBox's words for a VM's state. */
  states: Record<string, string>;
  runningAt: (at: string) => string;
  noForward: string;
  inaccessible: string;
  unreachable: string;
  sample: string;
  runStates: Record<Exclude<RunItem['state'], 'done'>, string>;
  unknownRun: string;
  fixed(what: string): string;
  /** VirtualBox itself has something wrong with the machine: first, for the end of a long line is cut. */
  withFaults(says: string, faults: number): string;
  menu: {
    actions: string;
    diagnose: string;
    login: string;
    forget: string;
    edit: string;
    remove: string;
    copyName: string;
    removeForward: string;
    copyReport: string;
    export: string;
    reveal: string;
    deleteRun: string;
  };
}

export const SIDEBAR_PHRASES: Record<Lang, SidebarPhrases> = {
  en: {
    filter: 'Filter',
    virtualbox: 'VirtualBox',
    ssh: 'SSH hosts',
    runs: 'Recent runs',
    tryIt: 'Try it',
    addHost: 'Add SSH Host…',
    looking: 'Looking for VMs…',
    noVms: 'No VMs in VirtualBox',
    noMatch: 'Nothing matches',
    moreRuns: (count) => `${count} older; filter to find them`,
    noVirtualBox: 'Not installed',
    vboxTrouble: 'VirtualBox can’t be asked',
    states: {
      running: 'Running',
      poweroff: 'Powered off',
      saved: 'Saved',
      paused: 'Paused',
      aborted: 'Aborted',
      'aborted-saved': 'Aborted',
      starting: 'Starting',
      stopping: 'Stopping',
      saving: 'Saving',
      restoring: 'Restoring',
      gurumeditation: 'Crashed',
      teleported: 'Teleported',
    },
    runningAt: (at) => `Running · ${at}`,
    noForward: 'Running · no way to SSH',
    inaccessible: 'Can’t be opened',
    unreachable: 'Can’t be reached',
    sample: 'No VM needed',
    runStates: {
      running: 'Running…',
      cancelled: 'Stopped',
      failed: 'Failed',
      'broken-off': 'Broken off',
      unreadable: 'Unreadable',
    },
    unknownRun: 'Run',
    fixed: (what) => `Fixed: ${what}`,
    withFaults: (says, faults) => `${faults === 1 ? 'One problem' : `${faults} problems`} · ${says}`,
    menu: {
      actions: 'Actions',
      diagnose: 'Diagnose',
      login: 'Log In As…',
      forget: 'Forget Passwords',
      edit: 'Edit…',
      remove: 'Remove…',
      copyName: 'Copy Name',
      removeForward: 'Remove Culprit’s Port Forward',
      copyReport: 'Copy Report as Markdown',
      export: 'Export Report…',
      reveal: 'Show Report in Finder',
      deleteRun: 'Delete Run…',
    },
  },
  'zh-CN': {
    filter: '过滤',
    virtualbox: 'VirtualBox',
    ssh: 'SSH 主机',
    runs: '最近的诊断',
    tryIt: '试一试',
    addHost: '添加 SSH 主机…',
    looking: '正在查找虚拟机…',
    noVms: 'VirtualBox 中没有虚拟机',
    noMatch: '没有匹配项',
    moreRuns: (count) => `还有 ${count} 条更早的记录，可用过滤查找`,
    noVirtualBox: '未安装',
    vboxTrouble: '无法查询 VirtualBox',
    states: {
      running: '运行中',
      poweroff: '已关机',
      saved: '已保存',
      paused: '已暂停',
      aborted: '已中止',
      'aborted-saved': '已中止',
      starting: '正在启动',
      stopping: '正在停止',
      saving: '正在保存',
      restoring: '正在恢复',
      gurumeditation: '已崩溃',
      teleported: '已迁移',
    },
    runningAt: (at) => `运行中 · ${at}`,
    noForward: '运行中 · 没有通往 SSH 的途径',
    inaccessible: '无法打开',
    unreachable: '无法连接',
    sample: '无需虚拟机',
    runStates: {
      running: '诊断中…',
      cancelled: '已停止',
      failed: '失败',
      'broken-off': '意外中断',
      unreadable: '无法读取',
    },
    unknownRun: '诊断',
    fixed: (what) => `已修复：${what}`,
    withFaults: (says, faults) => `${faults} 个问题 · ${says}`,
    menu: {
      actions: '操作',
      diagnose: '诊断',
      login: '更改登录身份…',
      forget: '忘记密码',
      edit: '编辑…',
      remove: '移除…',
      copyName: '拷贝名称',
      removeForward: '移除 Culprit 添加的端口转发',
      copyReport: '以 Markdown 拷贝报告',
      export: '导出报告…',
      reveal: '在访达中显示报告',
      deleteRun: '删除诊断记录…',
    },
  },
};
