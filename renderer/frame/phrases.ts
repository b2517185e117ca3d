import type { Focus } from '../../shared/app-state.ts';
import type { Lang } from '../../shared/text.ts';

interface FramePhrases {
  sample: string;
  sidebar: string;
  terminal: string;
  diagnose: string;
  stop: string;
  stopping: string;
  starting: string;
  export: string;
  moreActions: (name: string) => string;
  moreActionsHere: string;
  focusLabel: string;
  focus: Record<Focus, string>;
  docker: (version: string) => string;
  sampleSubtitle: string;
  noMachine: string;
  stepOf: (over: number, of: number) => string;
  progress: string;
  dockRight: string;
  dockBottom: string;
  showTerminal: string;
  hideTerminal: string;
  showSidebar: string;
  hideSidebar: string;
  sidebarWidth: string;
  terminalSize: string;
  loadingTerminal: string;
  loading: string;
  refresh: string;
  exported: string;
  dropLog: string;
  dropOne: string;
  dropHint: string;
}

/** Words of the window's frame. */
export const FRAME_PHRASES: Record<Lang, FramePhrases> = {
  en: {
    sample: 'Recorded VM',
    sidebar: 'Machines and runs',
    terminal: 'Terminal',
    diagnose: 'Diagnose',
    stop: 'Stop',
    stopping: 'Stopping…',
    starting: 'Starting…',
    export: 'Export…',
    moreActions: (name) => `Actions for ${name}`,
    moreActionsHere: 'Actions',
    focusLabel: 'What hurts',
    focus: {
      everything: 'Check everything',
      'no-internet': 'Containers have no internet',
      names: 'Names don’t resolve',
      'between-containers': 'Containers can’t reach each other',
      'published-port': 'Published port is dead',
    },
    docker: (version) => `Docker ${version}`,
    sampleSubtitle: 'A real VM, recorded: plays back without one',
    noMachine: 'No machine selected',
    stepOf: (over, of) => `${over} of ${of} steps`,
    progress: 'Progress of the diagnosis',
    dockRight: 'Terminal on the Right',
    dockBottom: 'Terminal at the Bottom',
    showTerminal: 'Show Terminal',
    hideTerminal: 'Hide Terminal',
    showSidebar: 'Show Sidebar',
    hideSidebar: 'Hide Sidebar',
    sidebarWidth: 'Width of the sidebar',
    terminalSize: 'Size of the terminal',
    loadingTerminal: 'Opening the terminal…',
    loading: 'Opening…',
    refresh: 'Look again',
    exported: 'The report was exported.',
    dropLog: 'Drop it to open this trace log',
    dropOne: 'Drop one log at a time',
    dropHint: 'The text of nft monitor trace, xtables-monitor --trace, or iptables’ TRACE and LOG',
  },
  'zh-CN': {
    sample: '录制的虚拟机',
    sidebar: '机器与诊断记录',
    terminal: '终端',
    diagnose: '诊断',
    stop: '停止',
    stopping: '正在停止…',
    starting: '正在启动…',
    export: '导出…',
    moreActions: (name) => `${name} 的操作`,
    moreActionsHere: '操作',
    focusLabel: '哪里有问题',
    focus: {
      everything: '检查全部',
      'no-internet': '容器无法访问外网',
      names: '域名无法解析',
      'between-containers': '容器之间无法互通',
      'published-port': '已发布的端口不通',
    },
    docker: (version) => `Docker ${version}`,
    sampleSubtitle: '真实虚拟机的录制，无需虚拟机即可回放',
    noMachine: '未选择机器',
    stepOf: (over, of) => `已完成 ${over} / ${of} 步`,
    progress: '诊断进度',
    dockRight: '终端在右侧',
    dockBottom: '终端在底部',
    showTerminal: '显示终端',
    hideTerminal: '隐藏终端',
    showSidebar: '显示边栏',
    hideSidebar: '隐藏边栏',
    sidebarWidth: '边栏宽度',
    terminalSize: '终端大小',
    loadingTerminal: '正在打开终端…',
    loading: '正在打开…',
    refresh: '重新查找',
    exported: '报告已导出。',
    dropLog: '松开即可打开此跟踪日志',
    dropOne: '一次请只拖入一个日志',
    dropHint: 'nft monitor trace、xtables-monitor --trace 或 iptables 的 TRACE 和 LOG 的输出',
  },
};
