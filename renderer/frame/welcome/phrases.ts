import type { Lang } from '../../../shared/text.ts';

interface WelcomePhrases {
  title: string;
  lead: string;
  looking: string;
  lookingHint: string;
  found: string;
  foundNone: string;
  missing: string;
  foundNoneHint: string;
  tryTitle: string;
  tryHint: string;
  tryAction: string;
  hostTitle: string;
  hostHint: string;
  hostAction: string;
  again: string;
  getVirtualBox: string;
  chooseVBoxManage: string;
  promise: string;
}

/** What greets those who have nothing there yet. */
export const WELCOME_PHRASES: Record<Lang, WelcomePhrases> = {
  en: {
    title: 'Which rule cuts your container off?',
    lead: 'Pick the VM, press Diagnose. Culprit follows a real packet from the container outwards and names the very rule or setting that ends it, with proof.',
    looking: 'Looking for VirtualBox…',
    lookingHint: 'VBoxManage can take some seconds to answer.',
    found: 'VirtualBox is there',
    missing: 'VirtualBox is not installed here',
    foundNone: 'VirtualBox is there, but has no VMs yet',
    foundNoneHint: 'As soon as you add one, it appears in the sidebar by itself.',
    tryTitle: 'Try it on a recorded VM',
    tryHint: 'A real broken VM, recorded. Nothing is contacted, and it takes some seconds.',
    tryAction: 'Diagnose the Sample',
    hostTitle: 'Add an SSH host',
    hostHint: 'Any Linux machine with containers that you can log in to.',
    hostAction: 'Add SSH Host…',
    again: 'Look Again',
    getVirtualBox: 'Get VirtualBox',
    chooseVBoxManage: 'Choose VBoxManage…',
    promise: 'It only reads, installs nothing, and leaves nothing behind. There is no telemetry.',
  },
  'zh-CN': {
    title: '是哪条规则断了容器的网？',
    lead: '选择虚拟机，点按“诊断”。Culprit 会从容器出发跟踪真实的数据包，指出究竟是哪条规则或设置拦下了它，并给出证据。',
    looking: '正在查找 VirtualBox…',
    lookingHint: 'VBoxManage 可能需要几秒钟才会响应。',
    found: '已找到 VirtualBox',
    missing: '此电脑上没有安装 VirtualBox',
    foundNone: '已找到 VirtualBox，但还没有虚拟机',
    foundNoneHint: '添加虚拟机后，它会自动出现在边栏中。',
    tryTitle: '用录制的虚拟机试一试',
    tryHint: '录制自一台真实的故障虚拟机。不会连接任何机器，几秒钟即可完成。',
    tryAction: '诊断示例',
    hostTitle: '添加 SSH 主机',
    hostHint: '任何你能登录、运行着容器的 Linux 机器。',
    hostAction: '添加 SSH 主机…',
    again: '重新查找',
    getVirtualBox: '获取 VirtualBox',
    chooseVBoxManage: '选取 VBoxManage…',
    promise: '只读取，不安装，不留下任何痕迹，也不收集任何数据。',
  },
};
