import type { RemedyKind } from '../../shared/remedy.ts';
import type { Lang } from '../../shared/text.ts';

/** Every sentence and heading of the report that is not already in the run. */
export interface Phrases {
  title(machine: string): string;
  noVerdict: string;
  rootCause: string;
  howSure(grade: string, meaning: string): string;
  owner(owner: string): string;
  where(place: string): string;
  theRule: string;
  theRuleInIptables: string;
  why: string;
  evidenceFor: string;
  flows: string;
  flowsIntro: string;
  to: string;
  failed: string;
  from: string;
  result: string;
  time: string;
  said: string;
  noFlows: string;
  tries(ok: number, of: number, said: string): string;
  path: string;
  noPath: string;
  whatToDo: string;
  noFix: string;
  asRoot: string;
  undo: string;
  noUndo: string;
  careful(warning: string): string;
  versions: string;
  machine: string;
  startedAt: string;
  targets: string;
  culprit: string;
  key: string;
  value: string;
  others: string;
  othersIntro: string;
  remarks: string;
  notes: string;
  noteCannotTell(rule: string, says: string): string;
  noteBroke(rule: string, says: string): string;
  noFact(probe: string, reason: string, detail: string): string;
  tracer: string;
  tracerUsed(backend: string): string;
  tracerNone: string;
  tracerNotAsked: string;
  tracerWhyNot(backend: string, why: string): string;
  residue: string;
  residueClean: string;
  residueLeft: string;
  residueUnchecked(reason: string): string;
  residueNotReached: string;
  rules: string;
  sysctls: string;
  interfaces: string;
  processes: string;
  took: string;
  step: string;
  unfinished: string;
  evidence: string;
  facts: string;
  otherPaths: string;
  commands: string;
  commandsIntro(count: number): string;
  root: string;
  exit(code: number, ms: string): string;
  refused: string;
  timedOut: string;
  truncated: string;
  noAnswer: string;
  noOutput: string;
  errors: string;
  leftOut(characters: number, lines: number): string;
  cutShort: string;
  remedy: Record<RemedyKind, string>;
  flow: string;
  before: string;
  during: string;
  after: string;
  stateChanged: string;
}

const en: Phrases = {
  title: (machine) => `Culprit report: ${machine}`,
  noVerdict: 'The run ended before there was a verdict.',
  rootCause: 'Root cause:',
  howSure: (grade, meaning) => `How sure: ${grade} (${meaning}).`,
  owner: (owner) => `Who put it there: ${owner}.`,
  where: (place) => `Where: ${place}.`,
  theRule: 'The rule itself:',
  theRuleInIptables: 'In the words of iptables:',
  why: 'Why',
  evidenceFor: 'What shows it:',
  flows: 'Who reaches what',
  flowsIntro: 'Each column is where the traffic started. An empty cell was not tried.',
  to: 'To',
  failed: 'What failed, and how',
  from: 'From',
  result: 'Result',
  time: 'Time',
  said: 'What the tool said',
  noFlows: 'No traffic was tried.',
  tries: (ok, of, said) => `${ok} of ${of} tries worked. ${said}`,
  path: 'The path of the packet',
  noPath: 'No packet was followed to the root cause.',
  whatToDo: 'What to do',
  noFix: 'Culprit knows no fix for this.',
  asRoot: 'In the VM, as root:',
  undo: 'To take it back:',
  noUndo: 'There is no command that takes it back.',
  careful: (warning) => `Careful: ${warning}`,
  versions: 'Versions',
  machine: 'Machine',
  startedAt: 'Started at',
  targets: 'Contacted as “the internet”',
  culprit: 'Culprit',
  key: 'What',
  value: 'Value',
  others: 'Other causes',
  othersIntro: 'These were found too; some may be consequences of the root cause.',
  remarks: 'Worth knowing besides',
  notes: 'What could not be told',
  noteCannotTell: (rule, says) => `Rule “${rule}” cannot tell: ${says}`,
  noteBroke: (rule, says) => `Rule “${rule}” broke, which is a bug in Culprit: ${says}`,
  noFact: (probe, reason, detail) => `No “${probe}”: ${reason}. ${detail}`,
  tracer: 'How packets were followed',
  tracerUsed: (backend) => `With “${backend}”.`,
  tracerNone: 'Nothing on this machine could follow packets.',
  tracerNotAsked: 'No packet had to be followed.',
  tracerWhyNot: (backend, why) => `Not with “${backend}”: ${why}`,
  residue: 'What was left behind',
  residueClean: 'Nothing. Rules, sysctls, interfaces and processes are the same after the run as before it.',
  residueLeft: 'These lines appeared (+) or went (-) while Culprit ran; someone else may have changed them:',
  residueUnchecked: (reason) => `It could not be checked: ${reason}`,
  residueNotReached: 'The run ended before this was checked.',
  rules: 'Rules',
  sysctls: 'Sysctls',
  interfaces: 'Interfaces',
  processes: 'Processes',
  took: 'How long it took',
  step: 'Step',
  unfinished: 'not finished',
  evidence: 'Evidence',
  facts: 'What was read',
  otherPaths: 'Other packets that were followed',
  commands: 'Commands',
  commandsIntro: (count) =>
    count === 1
      ? 'One command ran in the VM. It can be run again by hand.'
      : `${count} commands ran in the VM, in this order. Each can be run again by hand.`,
  root: 'as root',
  exit: (code, ms) => `Exit code ${code} after ${ms}.`,
  refused: 'It was not run: it needs root, and Culprit has none here.',
  timedOut: 'Its time limit ended it.',
  truncated: 'It printed more than Culprit keeps.',
  noAnswer: 'There was no answer before the run ended.',
  noOutput: 'It printed nothing.',
  errors: 'On standard error:',
  leftOut: (characters, lines) => `… ${characters} characters in ${lines} lines left out of this report …`,
  cutShort: 'This run did not reach its end; the report says what was known by then.',
  remedy: { trial: 'The trial', fix: 'The fix', undo: 'The fix, taken back' },
  flow: 'Flow',
  before: 'Before',
  during: 'With the change',
  after: 'After',
  stateChanged: 'What is different in the VM from before it to after it:',
};

const zh: Phrases = {
  title: (machine) => `Culprit 诊断报告：${machine}`,
  noVerdict: '在得出结论之前，运行就已结束。',
  rootCause: '根本原因：',
  howSure: (grade, meaning) => `可信程度：${grade}（${meaning}）。`,
  owner: (owner) => `来源：${owner}。`,
  where: (place) => `位置：${place}。`,
  theRule: '规则本身：',
  theRuleInIptables: '用 iptables 的写法：',
  why: '为什么',
  evidenceFor: '依据：',
  flows: '连通情况',
  flowsIntro: '每一列是流量的起点。空白单元格表示没有测试。',
  to: '目标',
  failed: '失败的流量及其表现',
  from: '起点',
  result: '结果',
  time: '用时',
  said: '工具的输出',
  noFlows: '没有测试任何流量。',
  tries: (ok, of, said) => `${of} 次中成功 ${ok} 次。${said}`,
  path: '数据包的路径',
  noPath: '没有跟踪到与根本原因有关的数据包。',
  whatToDo: '怎么办',
  noFix: 'Culprit 对此没有已知的修复方法。',
  asRoot: '在虚拟机中以 root 身份执行：',
  undo: '撤销方法：',
  noUndo: '没有可以撤销它的命令。',
  careful: (warning) => `注意：${warning}`,
  versions: '版本信息',
  machine: '机器',
  startedAt: '开始时间',
  targets: '作为“互联网”联系的地址',
  culprit: 'Culprit',
  key: '项目',
  value: '值',
  others: '其他原因',
  othersIntro: '还发现了以下原因，其中一些可能是根本原因的后果。',
  remarks: '另外值得注意',
  notes: '无法判断的内容',
  noteCannotTell: (rule, says) => `规则“${rule}”无法判断：${says}`,
  noteBroke: (rule, says) => `规则“${rule}”出错，这是 Culprit 的缺陷：${says}`,
  noFact: (probe, reason, detail) => `没有“${probe}”：${reason}。${detail}`,
  tracer: '数据包的跟踪方式',
  tracerUsed: (backend) => `使用“${backend}”。`,
  tracerNone: '这台机器上没有可以跟踪数据包的工具。',
  tracerNotAsked: '没有需要跟踪的数据包。',
  tracerWhyNot: (backend, why) => `未使用“${backend}”：${why}`,
  residue: '残留检查',
  residueClean: '没有残留。运行前后的规则、sysctl、网络接口和进程完全一致。',
  residueLeft: '以下各行在 Culprit 运行期间出现（+）或消失（-），也可能是其他人改动的：',
  residueUnchecked: (reason) => `无法检查：${reason}`,
  residueNotReached: '检查之前运行就已结束。',
  rules: '规则',
  sysctls: 'Sysctl',
  interfaces: '网络接口',
  processes: '进程',
  took: '各步骤用时',
  step: '步骤',
  unfinished: '未完成',
  evidence: '证据',
  facts: '读取到的信息',
  otherPaths: '其他被跟踪的数据包',
  commands: '命令',
  commandsIntro: (count) => `以下 ${count} 条命令按此顺序在虚拟机中执行过，每一条都可以手动重新执行。`,
  root: '以 root 身份',
  exit: (code, ms) => `退出码 ${code}，用时 ${ms}。`,
  refused: '没有执行：它需要 root 权限，而这里没有。',
  timedOut: '因超过时限而被终止。',
  truncated: '输出超过了 Culprit 保留的上限。',
  noAnswer: '运行结束前没有得到结果。',
  noOutput: '没有任何输出。',
  errors: '标准错误：',
  leftOut: (characters, lines) => `… 本报告省略了 ${lines} 行，共 ${characters} 个字符 …`,
  cutShort: '这次运行没有进行到底；报告只包含到那时为止已知的内容。',
  remedy: { trial: '试改', fix: '修复', undo: '撤销修复' },
  flow: '流量',
  before: '之前',
  during: '试改期间',
  after: '之后',
  stateChanged: '虚拟机在其前后的不同之处：',
};

/** The report's phrases in each language: one that is missing does not compile. */
export const PHRASES: Record<Lang, Phrases> = { en, 'zh-CN': zh };
