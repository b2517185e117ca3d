import type { Lang } from '../../shared/text.ts';

interface TerminalPhrases {
  tabs: string;
  log: string;
  guest: string;
  macShell: string;
  hereShell: string;
  hereInFull: string;
  find: string;
  dockRight: string;
  dockBottom: string;
  hide: string;
  /** Read when a shell gets the keyboard; `keys` lead out of it. */
  shellLabel(where: string, keys: string): string;
  tooMuchOutput: string;
  loading: string;
  connecting(where: string): string;
  starting: string;
  typed: string;
  noneTitle(name: string): string;
  none: string;
  open: string;
  openNew: string;
  ended(code: number): string;
  endedBy(signal: string): string;
  /** Of a shell out of sight. */
  rang: string;
  tryAgain: string;
  sampleTitle: string;
  sample: string;
  chooseTitle: string;
  choose: string;
  goneTitle: string;
  gone: string;
  noRunTitle: string;
  noRun: string;
  nothingYet: string;
  noCommands: string;
  readFromFile: string;
  logLabel: string;
  before(count: number): string;
  moreLines(count: number): string;
  fewer: string;
  longer: string;
  running: string;
  exit(code: number, ms: string): string;
  refused: string;
  timedOut(ms: string): string;
  asRoot: string;
  latest: string;
  findLabel: string;
  next: string;
  previous: string;
  closeFind: string;
  hit(at: number, count: number): string;
  hits(count: number): string;
  noHits: string;
  pasteTitle(lines: number): string;
  pasteOne: string;
  pasteRuns: string;
  pasteDropped(count: number): string;
  pasteMore(count: number): string;
  paste: string;
  linkTitle: string;
  linkOther(text: string): string;
  linkOdd: string;
  openLink: string;
  cancel: string;
  linkHint(keys: string, url: string): string;
}

/** Words of the terminal pane. */
export const TERMINAL_PHRASES: Record<Lang, TerminalPhrases> = {
  en: {
    tabs: 'Terminal',
    log: 'Run log',
    guest: 'Guest shell',
    macShell: 'Mac shell',
    hereShell: 'Local shell',
    hereInFull: 'Shell on this computer',
    find: 'Find',
    dockRight: 'Terminal on the Right',
    dockBottom: 'Terminal at the Bottom',
    hide: 'Hide Terminal',
    shellLabel: (where, keys) => `Shell on ${where}. ${keys} leaves it.`,
    tooMuchOutput: 'Too much was printed to be read out. Move through the lines to read it.',
    loading: 'Opening the terminal…',
    connecting: (where) => `Connecting to ${where}…`,
    starting: 'Starting the shell…',
    typed: 'The command is typed into the guest shell. Return runs it.',
    noneTitle: (name) => `No shell on ${name} yet`,
    none: 'Culprit logs in as it does for a diagnosis. What you do in the shell is up to you.',
    open: 'Open Shell',
    openNew: 'Open a New Shell',
    ended: (code) => (code === 0 ? 'The shell has ended.' : `The shell has ended with exit code ${code}.`),
    endedBy: (signal) => `The shell was ended by ${signal}.`,
    rang: 'The bell rang.',
    tryAgain: 'Try Again',
    sampleTitle: 'The sample has no shell',
    sample:
      'It is a recording of a VM: there is nobody to log in to. Pick a running VM or add an SSH host to get a shell.',
    chooseTitle: 'No machine is selected',
    choose: 'Pick a machine in the sidebar to open a shell on it.',
    goneTitle: 'This machine is gone',
    gone: 'The run was made on a machine that is no longer in the list. Pick another one in the sidebar.',
    noRunTitle: 'Every command, as it runs',
    noRun: 'Diagnose shows here what Culprit runs in the VM: the command, why, and what it printed.',
    nothingYet: 'No command has been run yet.',
    noCommands: 'This run ended before its first command.',
    readFromFile: 'Read from a file: nothing was run for it.',
    logLabel: 'Commands of this run',
    before: (count) =>
      count === 1
        ? 'One earlier command is in the timeline.'
        : `${count.toLocaleString('en')} earlier commands are in the timeline.`,
    moreLines: (count) => (count === 1 ? '1 more line' : `${count.toLocaleString('en')} more lines`),
    fewer: 'Show less',
    longer: 'There is more of it: the timeline shows all.',
    running: 'running…',
    exit: (code, ms) => `exit ${code} · ${ms}`,
    refused: 'not run: refused',
    timedOut: (ms) => `timed out after ${ms}`,
    asRoot: 'as root',
    latest: 'Jump to latest',
    findLabel: 'Find in terminal',
    next: 'Next',
    previous: 'Previous',
    closeFind: 'Close',
    hit: (at, count) => `${at} of ${count.toLocaleString('en')}`,
    hits: (count) => (count === 1 ? 'one hit' : `${count.toLocaleString('en')} hits`),
    noHits: 'Not found',
    pasteTitle: (lines) => `Paste ${lines.toLocaleString('en')} lines?`,
    pasteOne: 'Paste and run this line?',
    pasteRuns: 'The shell may run each line as it comes.',
    pasteDropped: (count) =>
      count === 1 ? 'One control character is left out.' : `${count} control characters are left out.`,
    pasteMore: (count) =>
      count === 1 ? '… and one more line' : `… and ${count.toLocaleString('en')} more lines`,
    paste: 'Paste',
    linkTitle: 'Open this link?',
    linkOther: (text) => `It is shown as “${text}”, but leads to:`,
    linkOdd: 'Look at the address before you open it:',
    openLink: 'Open',
    cancel: 'Cancel',
    linkHint: (keys, url) => `${keys} opens ${url}`,
  },
  'zh-CN': {
    tabs: '终端',
    log: '运行日志',
    guest: '虚拟机终端',
    macShell: '本机终端',
    hereShell: '本机终端',
    hereInFull: '这台电脑上的终端',
    find: '查找',
    dockRight: '终端在右侧',
    dockBottom: '终端在底部',
    hide: '隐藏终端',
    shellLabel: (where, keys) => `${where} 的终端。按 ${keys} 离开。`,
    tooMuchOutput: '输出太多，无法朗读。请逐行浏览。',
    loading: '正在打开终端…',
    connecting: (where) => `正在连接 ${where}…`,
    starting: '正在启动终端…',
    typed: '命令已输入虚拟机终端，按回车键运行。',
    noneTitle: (name) => `还没有打开 ${name} 的终端`,
    none: 'Culprit 会像诊断时一样登录。在终端中做什么由你决定。',
    open: '打开终端',
    openNew: '打开新终端',
    ended: (code) => (code === 0 ? '终端已结束。' : `终端已结束，退出码 ${code}。`),
    endedBy: (signal) => `终端被信号 ${signal} 结束。`,
    rang: '响过铃。',
    tryAgain: '重试',
    sampleTitle: '示例没有终端',
    sample: '这是虚拟机的录制内容，没有可以登录的机器。请选择一台正在运行的虚拟机，或添加 SSH 主机。',
    chooseTitle: '未选择机器',
    choose: '请在边栏中选择一台机器来打开终端。',
    goneTitle: '这台机器已不在列表中',
    gone: '这次诊断所用的机器已不在列表中。请在边栏中选择另一台。',
    noRunTitle: '实时显示每条命令',
    noRun: '诊断时，这里会显示 Culprit 在虚拟机中运行的命令、原因以及输出。',
    nothingYet: '还没有运行任何命令。',
    noCommands: '这次诊断在第一条命令之前就结束了。',
    readFromFile: '读取自文件：没有为此运行任何命令。',
    logLabel: '本次诊断的命令',
    before: (count) => `更早的 ${count.toLocaleString('zh-CN')} 条命令在时间线中。`,
    moreLines: (count) => `还有 ${count.toLocaleString('zh-CN')} 行`,
    fewer: '收起',
    longer: '输出还有更多：时间线中有全部内容。',
    running: '正在运行…',
    exit: (code, ms) => `退出码 ${code} · ${ms}`,
    refused: '未运行：被拒绝',
    timedOut: (ms) => `${ms} 后超时`,
    asRoot: '以 root 身份',
    latest: '跳到最新',
    findLabel: '在终端中查找',
    next: '下一个',
    previous: '上一个',
    closeFind: '关闭',
    hit: (at, count) => `第 ${at} 个，共 ${count.toLocaleString('zh-CN')} 个`,
    hits: (count) => `${count.toLocaleString('zh-CN')} 处`,
    noHits: '未找到',
    pasteTitle: (lines) => `粘贴 ${lines.toLocaleString('zh-CN')} 行？`,
    pasteOne: '粘贴并运行这一行？',
    pasteRuns: '终端可能会立即运行其中每一行。',
    pasteDropped: (count) => `已去除 ${count} 个控制字符。`,
    pasteMore: (count) => `… 还有 ${count.toLocaleString('zh-CN')} 行`,
    paste: '粘贴',
    linkTitle: '打开这个链接？',
    linkOther: (text) => `显示为“${text}”，但实际指向：`,
    linkOdd: '打开之前请先看清地址：',
    openLink: '打开',
    cancel: '取消',
    linkHint: (keys, url) => `${keys}打开 ${url}`,
  },
};
