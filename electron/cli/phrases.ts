import type { RemedyKind } from '../../shared/remedy.ts';
import { RUN_SCHEMA } from '../../shared/run.ts';
import type { Lang } from '../../shared/text.ts';
import { BACKENDS } from '../trace/backends/registry.ts';

const TRACERS = BACKENDS.map(({ id }) => id).join(', ');

/** Every sentence of the command line that is neither in the run nor in the report. */
export interface CliPhrases {
  usage: string;
  announce: string;
  replaying: string;
  contacts(targets: string): string;
  cancelling: string;
  commands(count: number): string;
  facts(ok: number, of: number): string;
  flows(ok: number, of: number): string;
  journeys(count: number): string;
  owner: string;
  where: string;
  rule: string;
  grade: string;
  why: string;
  whatToDo: string;
  undo: string;
  noUndo: string;
  careful(warning: string): string;
  /** A word and what it means. */
  because(word: string, meaning: string): string;
  flowsTitle: string;
  pathTitle: string;
  allWork(count: number): string;
  alsoFound: string;
  notes: string;
  residueClean: string;
  residueLeft(count: number): string;
  residueUnchecked(reason: string): string;
  reportAt(path: string): string;
  recordingAt(path: string): string;
  machines: string;
  noMachines: string;
  password(label: string): string;
  sudoPassword(label: string): string;
  passphrase(file: string): string;
  hostKeyNew(host: string, key: string): string;
  hostKeyChanged(host: string, was: string, is: string, where: string): string;
  hostKeyAuthority: string;
  yesOrNo: string;
  bug(detail: string): string;
  sshAt(address: string): string;
  /** A call that changes VirtualBox is made. */
  changing(command: string): string;
  stays(undo: string): string;
  waiting: string;
  logSummary(packets: number, died: number): string;
  logAlike(packets: number): string;
  logLeftOut(packets: number): string;
  logVerdictUnknown: string;
  /** What a plan is, by its title. */
  plan: Record<RemedyKind, (title: string) => string>;
  fileChanges(path: string): string;
  willRun: string;
  willTakeBack: string;
  filesBack: string;
  willTry(flows: number): string;
  mayI: string;
  remedyTitle: Record<RemedyKind, string>;
  flowChanged(flow: string, outcomes: readonly string[]): string;
  changed(lines: number): string;
  fixCommand(id: string): string;
  takeBack(run: string): string;
  again(command: string): string;
}

const en: CliPhrases = {
  usage: `Usage: npm run diagnose -- MACHINE [OPTIONS]

MACHINE, one of:
  --vm NAME|UUID        a running VirtualBox VM
  --host H [--port P]   a machine reached over SSH: a name of ~/.ssh/config, a
                        host name or an address
  --local               this Linux machine; run it as root to see everything
  --recording FILE      a run that was recorded with --record
  --sample              the bundled sample: a VM with a broken container
  --log FILE            no machine: packets' journeys from the text of
                        nft monitor trace, xtables-monitor --trace or the
                        kernel's TRACE and LOG lines (- reads standard input)

Getting there (with --vm):
  --start               start the VM headless (or resume it) and wait for it
  --add-forward         add a port forward to its SSH where there is none
  --remove-forward      take that away again at the end

Logging in (with --vm and --host):
  --user U              who logs in; else as in ~/.ssh/config, or your own name
  --identity FILE       private key; else those of ~/.ssh/config, the SSH agent
                        and your default keys
  --ask-password        ask for the login password (and for what else the server
                        asks)
  --ask-sudo            ask for the sudo password
  Passwords are asked for on the terminal; without one they are read from the
  standard input, a line each, login before sudo.

Doing something about it; each shows exactly what it does and asks:
  --trial               confirm the root cause: make the smallest change that
                        would help, try again, take it back, try again
  --fix ID              make the fix ID of the result, then try again
  --undo RUN            take back the fix of an earlier run; --fix tells RUN
  --yes                 agree beforehand, without being asked

OPTIONS:
  --target URL          stands for the internet (http, https or tcp URL;
                        repeatable; not with a recording)
  --trace-backend NAME  follow packets in this one way, not in the best:
                        ${TRACERS}
  --json                print the result as one JSON object (${RUN_SCHEMA})
  --report FILE         write the report as Markdown
  --record FILE         record the run, to be replayed with --recording
  --lang en|zh-CN       language of sentences
  --help                print this

Exit code: 0 healthy or fixed, 1 problem found, 2 cannot tell, 3 could not connect or bad
usage, 130 cancelled. Progress goes to standard error, the result to standard output.
`,
  announce:
    'For some seconds of the run Culprit puts a table that follows its own test packets into the VM (on an older VM rules in iptables and a kernel logger, instead or as well); where packets get lost without a rule, a kernel trace (tracefs) of the packets that the kernel drops; and, on a bridge without a running container, a test endpoint. Nothing is installed, and all of it goes with the connection.',
  replaying: 'Answers come from a recording: no machine is touched, nothing is contacted.',
  contacts: (targets) => `It stands for the internet and is contacted from the VM: ${targets}`,
  cancelling: 'Cancelling … (Ctrl-C again leaves at once; the VM then cleans up by itself within seconds)',
  commands: (count) => (count === 1 ? '1 command' : `${count} commands`),
  facts: (ok, of) => `${ok} of ${of} facts`,
  flows: (ok, of) => `${ok} of ${of} work`,
  journeys: (count) => (count === 1 ? '1 packet followed' : `${count} packets followed`),
  owner: 'Owner',
  where: 'Where',
  rule: 'Rule',
  grade: 'How sure',
  why: 'Why',
  whatToDo: 'What to do (in the VM, as root)',
  undo: 'To take it back:',
  noUndo: 'There is no command that takes it back.',
  careful: (warning) => `Careful: ${warning}`,
  because: (word, meaning) => `${word} (${meaning})`,
  flowsTitle: 'Who reaches what',
  pathTitle: 'The path of the packet',
  allWork: (count) => `All ${count} flows that were tried work.`,
  alsoFound: 'Also found',
  notes: 'What could not be told',
  residueClean: 'Nothing was left behind: rules, sysctls, interfaces and processes are as before.',
  residueLeft: (count) =>
    count === 1
      ? 'One line of rules, sysctls, interfaces or processes differs from before; the report shows it.'
      : `${count} lines of rules, sysctls, interfaces or processes differ from before; the report shows them.`,
  residueUnchecked: (reason) => `What is left behind could not be checked: ${reason}`,
  reportAt: (path) => `Report: ${path}`,
  recordingAt: (path) => `Recording: ${path}`,
  machines: 'Machines that VirtualBox knows:',
  noMachines: 'VirtualBox knows no machine.',
  password: (label) => `Password of ${label}: `,
  sudoPassword: (label) => `Sudo password on ${label}: `,
  passphrase: (file) => `Passphrase of ${file}: `,
  hostKeyNew: (host, key) => `The host key of ${host} is not known yet: ${key}.`,
  hostKeyChanged: (host, was, is, where) =>
    `CAREFUL: ${host} shows another host key than before (then ${was}, in ${where}; now ${is}). Either the machine was reinstalled, or something else answers in its place, and would get your password.`,
  hostKeyAuthority:
    'known_hosts trusts a certificate authority for this host, which Culprit cannot check: compare the key itself.',
  yesOrNo: 'Is it the right one? (yes/no) ',
  bug: (detail) =>
    `Culprit broke: this is a bug, not a finding about your VM. Please report it with these lines.\n${detail}`,
  sshAt: (address) => `SSH at ${address}`,
  changing: (command) => `As you asked: ${command}`,
  stays: (undo) => `The forward stays. To take it away: ${undo}`,
  waiting: 'Waiting until its SSH server answers …',
  logSummary: (packets, died) =>
    died === 0
      ? `${packets === 1 ? '1 packet' : `${packets} packets`} in the log; none was seen to die.`
      : `${packets === 1 ? '1 packet' : `${packets} packets`} in the log; ${died === 1 ? '1 was' : `${died} were`} dropped or rejected.`,
  logAlike: (packets) => (packets === 1 ? '1 packet' : `${packets} packets fared alike`),
  logLeftOut: (packets) => `${packets} more packets fared in too many different ways to show them all.`,
  logVerdictUnknown:
    'The kernel’s TRACE lines name rules by number and do not say what a rule decided: compare with “iptables-legacy -S”.',
  plan: {
    trial: (title) => `Trial, for as long as the flows take to try, at most a minute and a half: ${title}`,
    fix: (title) => `Fix: ${title}`,
    undo: (title) => `Take the fix back: ${title}`,
  },
  fileChanges: (path) => `Changes in ${path} (a backup stands beside it until it is taken back):`,
  willRun: 'Commands that run in the VM, as root:',
  willTakeBack: 'Taken back right after, also when the connection breaks, with:',
  filesBack: '  and the files as they were',
  willTry: (flows) =>
    flows === 1
      ? 'Then the flow that failed is tried again.'
      : `Then the ${flows} flows that failed are tried again.`,
  mayI: 'May Culprit do that? [y/N] ',
  remedyTitle: { trial: 'Trial', fix: 'Fix', undo: 'Fix taken back' },
  flowChanged: (flow, outcomes) => `${flow}: ${outcomes.join(' → ')}`,
  changed: (lines) =>
    lines === 1 ? 'One line of the VM’s state changed:' : `${lines} lines of the VM’s state changed:`,
  fixCommand: (id) => `Culprit can do it: --fix ${id}`,
  takeBack: (run) => `To take it back: the same command with --undo ${run} instead of --fix`,
  again: (command) => `To take it up again: ${command}`,
};

const zh: CliPhrases = {
  usage: `用法：npm run diagnose -- 机器 [选项]

机器，以下之一：
  --vm 名称|UUID        正在运行的 VirtualBox 虚拟机
  --host H [--port P]   通过 SSH 连接的机器：~/.ssh/config 中的名称、主机名或地址
  --local               这台 Linux 机器；以 root 身份运行才能看到全部内容
  --recording 文件      用 --record 录制的一次运行
  --sample              自带的示例：一台容器网络有故障的虚拟机
  --log 文件            不连接机器：从 nft monitor trace、xtables-monitor --trace
                        或内核 TRACE、LOG 日志中读出数据包的路径（- 表示标准输入）

准备连接（用于 --vm）：
  --start               以无界面方式启动（或恢复）虚拟机，并等待其就绪
  --add-forward         没有通往 SSH 的端口转发时添加一个
  --remove-forward      结束时再将其移除

登录（用于 --vm 和 --host）：
  --user U              登录用户；默认取自 ~/.ssh/config，否则与本机用户名相同
  --identity 文件       私钥；否则使用 ~/.ssh/config 指定的密钥、SSH 代理和默认密钥
  --ask-password        询问登录密码（以及服务器询问的其他内容）
  --ask-sudo            询问 sudo 密码
  密码在终端上询问；没有终端时从标准输入读取，每行一个，先登录后 sudo。

采取措施；每一项都会先显示将要执行的全部内容并征求同意：
  --trial               证实根本原因：做出有望奏效的最小改动，重试，撤销，再重试
  --fix ID              执行结果中的修复 ID，然后重试
  --undo 运行           撤销先前某次运行的修复；运行编号由 --fix 给出
  --yes                 事先同意，不再询问

选项：
  --target URL          代表互联网的地址（http、https 或 tcp URL；可重复；
                        不能与录制文件一起使用）
  --trace-backend 名称  只用这一种方式跟踪数据包，而不是自动选择最佳方式：
                        ${TRACERS}
  --json                把结果打印为一个 JSON 对象（${RUN_SCHEMA}）
  --report 文件         写出 Markdown 报告
  --record 文件         录制这次运行，可用 --recording 重放
  --lang en|zh-CN       语句的语言
  --help                打印此说明

退出码：0 正常或已修复，1 发现问题，2 无法判断，3 无法连接或用法有误，130 已取消。
进度输出到标准错误，结果输出到标准输出。
`,
  announce:
    '运行期间，Culprit 会在虚拟机中放入几秒钟的东西：一张只跟踪自身测试数据包的表（在较旧的虚拟机上，改用或另外加上 iptables 规则和一个内核日志记录器）；如果数据包丢失而并非规则所致，一个查看内核丢弃哪些数据包的内核跟踪（tracefs）；如果网桥上没有运行中的容器，还有一个测试端点。不安装任何东西，它们都会随连接结束而消失。',
  replaying: '结果来自录制文件：不接触任何机器，也不联系任何地址。',
  contacts: (targets) => `以下地址代表互联网，将从虚拟机中联系：${targets}`,
  cancelling: '正在取消 …（再按一次 Ctrl-C 立即退出；虚拟机会在几秒内自行清理）',
  commands: (count) => `${count} 条命令`,
  facts: (ok, of) => `${of} 项信息中得到 ${ok} 项`,
  flows: (ok, of) => `${of} 项中 ${ok} 项正常`,
  journeys: (count) => `跟踪了 ${count} 个数据包`,
  owner: '来源',
  where: '位置',
  rule: '规则',
  grade: '可信程度',
  why: '为什么',
  whatToDo: '怎么办（在虚拟机中以 root 身份执行）',
  undo: '撤销方法：',
  noUndo: '没有可以撤销它的命令。',
  careful: (warning) => `注意：${warning}`,
  because: (word, meaning) => `${word}（${meaning}）`,
  flowsTitle: '连通情况',
  pathTitle: '数据包的路径',
  allWork: (count) => `测试的 ${count} 项流量全部正常。`,
  alsoFound: '另外发现',
  notes: '无法判断的内容',
  residueClean: '没有残留：规则、sysctl、网络接口和进程与之前一致。',
  residueLeft: (count) => `规则、sysctl、网络接口或进程中有 ${count} 行与之前不同，详见报告。`,
  residueUnchecked: (reason) => `无法检查残留：${reason}`,
  reportAt: (path) => `报告：${path}`,
  recordingAt: (path) => `录制文件：${path}`,
  machines: 'VirtualBox 中的虚拟机：',
  noMachines: 'VirtualBox 中没有虚拟机。',
  password: (label) => `${label} 的密码：`,
  sudoPassword: (label) => `${label} 上的 sudo 密码：`,
  passphrase: (file) => `${file} 的口令：`,
  hostKeyNew: (host, key) => `${host} 的主机密钥尚未知：${key}。`,
  hostKeyChanged: (host, was, is, where) =>
    `注意：${host} 的主机密钥与之前不同（之前 ${was}，见 ${where}；现在 ${is}）。要么机器被重装过，要么是别的程序在冒充它应答，会得到你的密码。`,
  hostKeyAuthority: 'known_hosts 为这台主机信任一个证书颁发机构，Culprit 无法验证它：请核对密钥本身。',
  yesOrNo: '密钥是否正确？（yes/no）',
  bug: (detail) => `Culprit 出错了：这是程序缺陷，与你的虚拟机无关。请附上以下内容报告问题。\n${detail}`,
  sshAt: (address) => `SSH 位于 ${address}`,
  changing: (command) => `按你的要求执行：${command}`,
  stays: (undo) => `该转发会保留。移除命令：${undo}`,
  waiting: '正在等待它的 SSH 服务器应答……',
  logSummary: (packets, died) =>
    died === 0
      ? `日志中有 ${packets} 个数据包，没有看到被丢弃的。`
      : `日志中有 ${packets} 个数据包，其中 ${died} 个被丢弃或拒绝。`,
  logAlike: (packets) => `${packets} 个数据包经历相同`,
  logLeftOut: (packets) => `另有 ${packets} 个数据包的经历种类太多，未能全部显示。`,
  logVerdictUnknown:
    '内核的 TRACE 行只给出规则的序号，不说明规则作出的决定：请对照 iptables-legacy -S 的输出。',
  plan: {
    trial: (title) => `试改（只在测试流量期间有效，最多一分半钟）：${title}`,
    fix: (title) => `修复：${title}`,
    undo: (title) => `撤销修复：${title}`,
  },
  fileChanges: (path) => `${path} 的更改（撤销之前，旁边会保留一个备份）：`,
  willRun: '将在虚拟机中以 root 身份执行的命令：',
  willTakeBack: '之后立即撤销（连接中断时也会撤销）：',
  filesBack: '  并恢复原有文件',
  willTry: (flows) => `然后重新测试失败的 ${flows} 条流量。`,
  mayI: '允许 Culprit 执行吗？[y/N] ',
  remedyTitle: { trial: '试改', fix: '修复', undo: '撤销修复' },
  flowChanged: (flow, outcomes) => `${flow}：${outcomes.join(' → ')}`,
  changed: (lines) => `虚拟机状态中有 ${lines} 行发生变化：`,
  fixCommand: (id) => `可由 Culprit 执行：--fix ${id}`,
  takeBack: (run) => `撤销方法：使用同一命令，把 --fix 换成 --undo ${run}`,
  again: (command) => `要接着运行：${command}`,
};

/** The command line's phrases in each language: one that is missing does not compile. */
export const CLI_PHRASES: Record<Lang, CliPhrases> = { en, 'zh-CN': zh };
