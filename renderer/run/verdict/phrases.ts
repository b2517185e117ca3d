import type { Again } from '../../../shared/again.ts';
import type { StepId } from '../../../shared/run.ts';
import type { Lang } from '../../../shared/text.ts';

export interface VerdictPhrases {
  grade(name: string): string;
  owner(name: string): string;
  explains(some: number, all: number): string;
  chain(priority: string, hook: string): string;
  hook(hook: string): string;
  handle(handle: number): string;
  position(position: number): string;
  policy: string;
  inIptables: string;
  copyRule: string;
  why: string;
  whatToDo: string;
  noFix: string;
  asRoot: string;
  copyCommands: string;
  undo: string;
  copyUndo: string;
  noUndo: string;
  careful: string;
  fix: string;
  asksFirst: string;
  confirm: string;
  confirmSays: string;
  evidence: string;
  showRow: string;
  others(count: number): string;
  moreCauses(count: number): string;
  clean: string;
  left(lines: number): string;
  leftNote: string;
  unchecked(reason: string): string;
  notReached: string;
  checked: string;
  flowsTried(count: number): string;
  flowsWork(count: number): string;
  flowsFail(count: number): string;
  flowsSkipped(count: number): string;
  factsRead(count: number): string;
  factsMissing(count: number): string;
  packets(count: number): string;
  untold(count: number): string;
  noteCannotTell(rule: string, says: string): string;
  noteBroke(rule: string, says: string): string;
  noFact(probe: string, reason: string, detail: string): string;
  noTracer(backend: string, why: string): string;
  took(ms: string): string;
  cancelledTitle: string;
  cancelled: string;
  failedTitle: string;
  /** Takes up a run that was cut short. */
  again: Record<Again['kind'], string>;
  againAsks: string;
  brokenTitle: string;
  broken: string;
  unreadableTitle: string;
  unreadable: string;
  noVerdict: string;
  /** What it is doing, as a heading. */
  doing: Record<StepId, string>;
  words: Record<'cancelled' | 'failed' | 'broken-off' | 'unreadable' | 'undone', string>;
  steps: string;
  stepOf(n: number, of: number): string;
  waiting: string;
  stopped: string;
}

const en: VerdictPhrases = {
  grade: (name) => `How sure: ${name}`,
  owner: (name) => `Owner: ${name}`,
  explains: (some, all) =>
    all === 1 ? 'Explains the one flow that fails' : `Explains ${some} of ${all} flows that fail`,
  chain: (priority, hook) => `hook ${hook}, priority ${priority}`,
  hook: (hook) => `hook ${hook}`,
  handle: (handle) => `handle ${handle}`,
  position: (position) => `rule ${position}`,
  policy: 'the chain’s policy',
  inIptables: 'In iptables’ words',
  copyRule: 'Copy rule',
  why: 'Why',
  whatToDo: 'What to do',
  noFix: 'No command mends this by itself; the reason above says where to look.',
  asRoot: 'In the VM, as root',
  copyCommands: 'Copy commands',
  undo: 'How to take it back',
  copyUndo: 'Copy the commands that take it back',
  noUndo: 'There is no command that takes it back.',
  careful: 'Careful:',
  fix: 'Fix…',
  asksFirst: 'Looks once more, then shows exactly what changes and asks.',
  confirm: 'Confirm…',
  confirmSays: 'Tries the smallest change for some seconds, and takes it back. Asks first.',
  evidence: 'Evidence',
  showRow: 'Show in timeline',
  others: (count) => (count === 1 ? 'One other cause was found' : `${count} other causes were found`),
  moreCauses: (count) => `${count} more are in the timeline.`,
  clean: 'Nothing was left behind: rules, sysctls, interfaces and processes are as before.',
  left: (lines) =>
    lines === 1 ? 'One line differs from before the run' : `${lines} lines differ from before the run`,
  leftNote: 'They appeared (+) or went (−) while Culprit ran; someone else may have changed them.',
  unchecked: (reason) => `Whether anything was left behind could not be checked: ${reason}`,
  notReached: 'The run ended before it was checked whether anything was left behind.',
  checked: 'What was checked',
  flowsTried: (count) => (count === 1 ? 'one flow tried' : `${count} flows tried`),
  flowsWork: (count) =>
    count === 1 ? 'One flow was tried, and it works' : `All ${count} flows that were tried work`,
  flowsFail: (count) => (count === 1 ? 'one fails' : `${count} fail`),
  flowsSkipped: (count) =>
    count === 1 ? 'One flow could not be tried' : `${count} flows could not be tried`,
  factsRead: (count) =>
    count === 1 ? 'One area of settings was read' : `${count} areas of settings were read`,
  factsMissing: (count) => (count === 1 ? 'One could not be read' : `${count} could not be read`),
  packets: (count) => (count === 1 ? 'One packet was followed' : `${count} packets were followed`),
  untold: (count) => (count === 1 ? 'One thing could not be told' : `${count} things could not be told`),
  noteCannotTell: (rule, says) => `Rule “${rule}” cannot tell: ${says}`,
  noteBroke: (rule, says) => `Rule “${rule}” broke, which is a bug in Culprit: ${says}`,
  noFact: (probe, reason, detail) =>
    detail === '' ? `${probe}: ${reason}.` : `${probe}: ${reason}. ${detail}`,
  noTracer: (backend, why) => `Packets could not be followed with ${backend}: ${why}`,
  took: (ms) => `took ${ms}`,
  cancelledTitle: 'You stopped this diagnosis',
  cancelled: 'What was found until then is below.',
  failedTitle: 'The diagnosis could not be finished',
  again: {
    look: 'Diagnose Again',
    trial: 'Try the Change Again…',
    fix: 'Fix Again…',
    undo: 'Undo Again…',
  },
  againAsks: 'Shows exactly what changes, and asks.',
  brokenTitle: 'This diagnosis was broken off',
  broken: 'Culprit was ended while it ran. What was found until then is below.',
  unreadableTitle: 'This run can’t be opened',
  unreadable: 'Its file is damaged from its first line on.',
  noVerdict: 'The run ended without a verdict.',
  doing: {
    discover: 'Looking for the machine…',
    connect: 'Connecting…',
    before: 'Noting the state before…',
    probe: 'Reading the settings…',
    flow: 'Trying who reaches what…',
    trace: 'Following the packets that fail…',
    diagnose: 'Working out the cause…',
    after: 'Checking that nothing is left behind…',
    trial: 'Trying a change, and taking it back…',
    fix: 'Fixing it…',
    undo: 'Taking the fix back…',
  },
  words: {
    cancelled: 'Stopped',
    failed: 'Failed',
    'broken-off': 'Broken off',
    unreadable: 'Damaged',
    undone: 'Undone',
  },
  steps: 'Steps',
  stepOf: (n, of) => `Step ${n} of ${of}`,
  waiting: 'waiting',
  stopped: 'not finished',
};

const zh: VerdictPhrases = {
  grade: (name) => `可信程度：${name}`,
  owner: (name) => `来源：${name}`,
  explains: (some, all) => `可解释 ${all} 条失败流量中的 ${some} 条`,
  chain: (priority, hook) => `钩子 ${hook}，优先级 ${priority}`,
  hook: (hook) => `钩子 ${hook}`,
  handle: (handle) => `句柄 ${handle}`,
  position: (position) => `第 ${position} 条规则`,
  policy: '链的默认策略',
  inIptables: '用 iptables 的写法',
  copyRule: '拷贝规则',
  why: '为什么',
  whatToDo: '怎么办',
  noFix: '没有命令能直接修复；上面的原因说明了该检查什么。',
  asRoot: '在虚拟机中以 root 身份执行',
  copyCommands: '拷贝命令',
  undo: '如何撤销',
  copyUndo: '拷贝撤销命令',
  noUndo: '没有可以撤销它的命令。',
  careful: '注意：',
  fix: '修复…',
  asksFirst: '会再检查一次，然后准确列出更改内容并征求同意。',
  confirm: '确认…',
  confirmSays: '做出最小的有效更改，持续数秒后撤销。事先会征求同意。',
  evidence: '证据',
  showRow: '在时间线中显示',
  others: (count) => `另外发现 ${count} 个原因`,
  moreCauses: (count) => `时间线中还有 ${count} 个。`,
  clean: '没有残留：规则、sysctl、网络接口和进程与之前一致。',
  left: (lines) => `有 ${lines} 行与运行之前不同`,
  leftNote: '它们在 Culprit 运行期间出现（+）或消失（−），也可能是其他人改动的。',
  unchecked: (reason) => `无法检查是否有残留：${reason}`,
  notReached: '检查是否有残留之前，运行就已结束。',
  checked: '检查了什么',
  flowsTried: (count) => `已测试 ${count} 条流量`,
  flowsWork: (count) => `已测试的 ${count} 条流量全部正常`,
  flowsFail: (count) => `${count} 条失败`,
  flowsSkipped: (count) => `${count} 条流量无法测试`,
  factsRead: (count) => `已读取 ${count} 类设置`,
  factsMissing: (count) => `${count} 类无法读取`,
  packets: (count) => `已跟踪 ${count} 个数据包`,
  untold: (count) => `${count} 项内容无法判断`,
  noteCannotTell: (rule, says) => `规则“${rule}”无法判断：${says}`,
  noteBroke: (rule, says) => `规则“${rule}”出错，这是 Culprit 的缺陷：${says}`,
  noFact: (probe, reason, detail) =>
    detail === '' ? `${probe}：${reason}。` : `${probe}：${reason}。${detail}`,
  noTracer: (backend, why) => `无法使用 ${backend} 跟踪数据包：${why}`,
  took: (ms) => `用时 ${ms}`,
  cancelledTitle: '您已停止这次诊断',
  cancelled: '此前发现的内容如下。',
  failedTitle: '诊断未能完成',
  again: { look: '重新诊断', trial: '重新试改…', fix: '重新修复…', undo: '重新撤销…' },
  againAsks: '会准确列出更改内容并征求同意。',
  brokenTitle: '这次诊断中途中断',
  broken: '运行期间 Culprit 被终止。此前发现的内容如下。',
  unreadableTitle: '无法打开这次运行',
  unreadable: '它的文件从第一行起就已损坏。',
  noVerdict: '运行结束，但没有得出结论。',
  doing: {
    discover: '正在查找虚拟机…',
    connect: '正在连接…',
    before: '正在记录之前的状态…',
    probe: '正在读取设置…',
    flow: '正在测试连通情况…',
    trace: '正在跟踪失败的数据包…',
    diagnose: '正在分析原因…',
    after: '正在确认没有残留…',
    trial: '正在试改并撤销…',
    fix: '正在修复…',
    undo: '正在撤销修复…',
  },
  words: { cancelled: '已停止', failed: '失败', 'broken-off': '中断', unreadable: '损坏', undone: '已撤销' },
  steps: '步骤',
  stepOf: (n, of) => `第 ${n} 步，共 ${of} 步`,
  waiting: '等待中',
  stopped: '未完成',
};

/** What the verdict's part of the window says. */
export const VERDICT_PHRASES: Record<Lang, VerdictPhrases> = { en, 'zh-CN': zh };
