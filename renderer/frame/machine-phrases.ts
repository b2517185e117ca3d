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
  forwardTitle: (name: string) => string;
  forward: string;
  forwardAfter: string;
  cableTitle: (name: string) => string;
  cable: string;
  copyCommand: string;
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
    off: 'Start it in VirtualBox and wait until it has booted. Culprit notices by itself.',
    forwardTitle: (name) => `There is no way in to ${name} yet`,
    forward:
      'Behind VirtualBox’s NAT, a VM can be reached only through a port forward. This command adds one for SSH, while the VM runs:',
    forwardAfter: 'Run it in a terminal on this computer. Culprit notices by itself.',
    cableTitle: (name) => `The network cable of ${name} is unplugged`,
    cable: 'This command plugs it in, while the VM runs:',
    copyCommand: 'Copy Command',
    addHost: 'Add as SSH Host…',
    again: 'Look Again',
    startingTitle: (name) => `Starting to diagnose ${name}…`,
    starting: 'Culprit looks for the way in.',
    oldOff: (state) => `The VM is not running now (${state}). Start it in VirtualBox to diagnose it again.`,
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
    off: '请在 VirtualBox 中启动它，等待启动完成。Culprit 会自动发现。',
    forwardTitle: (name) => `还没有通往 ${name} 的途径`,
    forward:
      '在 VirtualBox 的 NAT 之后，只能通过端口转发访问虚拟机。下面的命令会在虚拟机运行时添加一个 SSH 转发：',
    forwardAfter: '请在本机的终端中运行。Culprit 会自动发现。',
    cableTitle: (name) => `${name} 的网线没有连接`,
    cable: '下面的命令会在虚拟机运行时接上网线：',
    copyCommand: '拷贝命令',
    addHost: '添加为 SSH 主机…',
    again: '重新查找',
    startingTitle: (name) => `正在开始诊断 ${name}…`,
    starting: 'Culprit 正在寻找连接方式。',
    oldOff: (state) => `虚拟机当前没有运行（${state}）。要再次诊断，请在 VirtualBox 中启动它。`,
    oldForward: '当前没有通往虚拟机的途径：请添加一个 SSH 端口转发。',
  },
};
