import type { Remedy } from '../../shared/machine.ts';
import type { Lang } from '../../shared/text.ts';

interface MachinePhrases {
  readyTitle: (name: string) => string;
  ready: string;
  sampleTitle: string;
  sample: string;
  diagnose: string;
  login: string;
  offTitle: (name: string, state: string) => string;
  off: string;
  /** Nothing that Culprit could do makes it run. */
  offWait: string;
  pausedTitle: (name: string) => string;
  paused: string;
  forwardTitle: (name: string) => string;
  forward: string;
  /** What the command is for, and that it can be taken back. */
  forwardAfter: string;
  /** What each remedy's button says. */
  remedies: Record<Remedy['kind'], string>;
  openingTitle: (name: string) => string;
  opening: string;
  stopWaiting: string;
  cableTitle: (name: string) => string;
  cable: string;
  copyCommand: string;
  copyCommands: (count: number) => string;
  /** Gets a newer VirtualBox. */
  update: string;
  /** What VirtualBox has wrong, as a list; where one of them is known from. */
  notes: string;
  source: string;
  sourceOf: (note: string) => string;
  addHost: string;
  again: string;
  startingTitle: (name: string) => string;
  starting: string;
  /** Over an older run of a machine that can't be diagnosed now. */
  oldOff: (state: string) => string;
  oldForward: string;
}

/** What a machine without a run shows: the next step. */
export const MACHINE_PHRASES: Record<Lang, MachinePhrases> = {
  en: {
    readyTitle: (name) => `Ready to diagnose ${name}`,
    ready:
      'Culprit logs in, reads how the network is set up, tries who reaches what, and follows the packets that fail. It only reads, and leaves nothing behind.',
    sampleTitle: 'Try it on a recorded VM',
    sample:
      'A real VM whose containers have no internet, recorded. The diagnosis is the real one; only the answers come from the recording. Nothing is contacted.',
    diagnose: 'Diagnose',
    login: 'Log In As…',
    offTitle: (name, state) => `${name} is not running (${state})`,
    off: 'This command starts it without a window, and Culprit waits until it has booted:',
    offWait: 'Start it in VirtualBox and wait until it has booted. Culprit notices by itself.',
    pausedTitle: (name) => `${name} is paused`,
    paused: 'This command lets it go on:',
    forwardTitle: (name) => `There is no way in to ${name} yet`,
    forward:
      'Behind VirtualBox’s NAT, a VM can be reached only through a port forward. This command adds one for SSH, while the VM runs:',
    forwardAfter: 'The forward listens on this computer only. The machine’s menu takes it away again.',
    remedies: {
      start: 'Start Headless',
      resume: 'Resume',
      'plug-cable': 'Plug It In',
      'add-forward': 'Add Forward',
    },
    openingTitle: (name) => `Opening the way to ${name}…`,
    opening: 'VirtualBox carries it out; then Culprit waits until the machine’s SSH server answers.',
    stopWaiting: 'Stop Waiting',
    cableTitle: (name) => `The network cable of ${name} is unplugged`,
    cable: 'This command plugs it in, while the VM runs:',
    copyCommand: 'Copy Command',
    copyCommands: (count) => (count === 1 ? 'Copy Command' : 'Copy Commands'),
    update: 'Get VirtualBox',
    notes: 'What VirtualBox says of this VM',
    source: 'Learn More',
    sourceOf: (note) => `Learn more about: ${note}`,
    addHost: 'Add as SSH Host…',
    again: 'Look Again',
    startingTitle: (name) => `Starting to diagnose ${name}…`,
    starting: 'Culprit looks for the way in.',
    oldOff: (state) => `The VM is not running now (${state}). Start it to diagnose it again.`,
    oldForward: 'There is no way in to the VM now: add a port forward for SSH.',
  },
  'zh-CN': {
    readyTitle: (name) => `可以诊断 ${name} 了`,
    ready: 'Culprit 会登录、读取网络设置、测试连通情况，并跟踪失败的数据包。它只读取，不会留下任何痕迹。',
    sampleTitle: '用录制的虚拟机试一试',
    sample:
      '录制自一台容器无法访问外网的真实虚拟机。诊断过程是真实的，只是应答来自录制内容，不会连接任何机器。',
    diagnose: '诊断',
    login: '更改登录身份…',
    offTitle: (name, state) => `${name} 没有运行（${state}）`,
    off: '下面的命令会以无界面方式启动它，Culprit 会等待其启动完成：',
    offWait: '请在 VirtualBox 中启动它，等待启动完成。Culprit 会自动发现。',
    pausedTitle: (name) => `${name} 已暂停`,
    paused: '下面的命令会让它继续运行：',
    forwardTitle: (name) => `还没有通往 ${name} 的途径`,
    forward:
      '在 VirtualBox 的 NAT 之后，只能通过端口转发访问虚拟机。下面的命令会在虚拟机运行时添加一个 SSH 转发：',
    forwardAfter: '该转发只在本机上监听，可以从虚拟机的菜单中移除。',
    remedies: {
      start: '无界面启动',
      resume: '恢复运行',
      'plug-cable': '接上网线',
      'add-forward': '添加转发',
    },
    openingTitle: (name) => `正在打开通往 ${name} 的途径…`,
    opening: 'VirtualBox 正在执行；随后 Culprit 会等待虚拟机的 SSH 服务器应答。',
    stopWaiting: '停止等待',
    cableTitle: (name) => `${name} 的网线没有连接`,
    cable: '下面的命令会在虚拟机运行时接上网线：',
    copyCommand: '拷贝命令',
    copyCommands: () => '拷贝命令',
    update: '获取 VirtualBox',
    notes: 'VirtualBox 中与此虚拟机有关的问题',
    source: '了解更多',
    sourceOf: (note) => `了解更多：${note}`,
    addHost: '添加为 SSH 主机…',
    again: '重新查找',
    startingTitle: (name) => `正在开始诊断 ${name}…`,
    starting: 'Culprit 正在寻找连接方式。',
    oldOff: (state) => `虚拟机当前没有运行（${state}）。要再次诊断，请先启动它。`,
    oldForward: '当前没有通往虚拟机的途径：请添加一个 SSH 端口转发。',
  },
};
