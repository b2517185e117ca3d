import type { Text } from '../text.ts';
import type { TroubleFacts } from '../trouble.ts';
import { list, NOTHING_RAN, type Sayings, said } from './sayings.ts';

/** How to get a way into a VM that has none: plug the cable in, add a forward, or use another kind of network. */
function wayIn(facts: TroubleFacts['vm-no-forward']): Text {
  const unplugged = /(\d+): \w+ \(cable unplugged\)/.exec(list(facts.nics))?.[1];
  if (unplugged !== undefined) {
    const command = `VBoxManage controlvm ${facts.uuid} setlinkstate${unplugged} on`;
    return { en: `Plug the cable in: ${command}`, 'zh-CN': `请接上网线：${command}` };
  }
  const { command } = facts;
  if (command !== undefined) {
    return { en: `Add one while the VM runs: ${command}`, 'zh-CN': `请在虚拟机运行时添加一个：${command}` };
  }
  return {
    en: 'The VM has no NAT adapter: reach it with --host, --port and --user.',
    'zh-CN': '这台虚拟机没有 NAT 网卡：请用 --host、--port 和 --user 连接。',
  };
}

const ADD_AS_HOST: Text = {
  en: 'The VM has no NAT adapter: add it as an SSH host, with its own address.',
  'zh-CN': '这台虚拟机没有 NAT 网卡：请用它自己的地址添加为 SSH 主机。',
};

/** Is there a command that opens a way in? */
function hasNat({ nics, command }: TroubleFacts['vm-no-forward']): boolean {
  return command !== undefined || /cable unplugged/.test(list(nics));
}

/** Machines that cannot be found or reached through VirtualBox. */
export const DISCOVER_SAYINGS = {
  'vboxmanage-missing': (f) => ({
    what: {
      en: `VBoxManage was not found${list(f.tried) === '' ? '' : ` (looked at: ${list(f.tried)})`}.`,
      'zh-CN': `没有找到 VBoxManage${list(f.tried) === '' ? '' : `（查找过：${list(f.tried)}）`}。`,
    },
    meaning: {
      en: 'Without it Culprit cannot see VirtualBox’s machines or their port forwards.',
      'zh-CN': '没有它，Culprit 无法看到 VirtualBox 的虚拟机及其端口转发。',
    },
    next: {
      en: 'Install VirtualBox, or set CULPRIT_VBOXMANAGE to the absolute path of VBoxManage, or reach the VM with --host, --port and --user.',
      'zh-CN':
        '请安装 VirtualBox，或把 CULPRIT_VBOXMANAGE 设为 VBoxManage 的绝对路径，或用 --host、--port 和 --user 连接虚拟机。',
    },
    inWindow: {
      next: {
        en: 'Install VirtualBox, or add the VM as an SSH host.',
        'zh-CN': '请安装 VirtualBox，或把虚拟机添加为 SSH 主机。',
      },
    },
  }),
  'vboxmanage-failed': (f) => ({
    what: {
      en: `VBoxManage failed${f.command === undefined ? '' : ` at “${f.command}”`}${said(f.detail).en}.`,
      'zh-CN': `VBoxManage 执行失败${f.command === undefined ? '' : `：“${f.command}”`}${said(f.detail)['zh-CN']}。`,
    },
    meaning: {
      en: 'Culprit does not know which machines there are or how to reach them.',
      'zh-CN': 'Culprit 无法得知有哪些虚拟机以及如何连接。',
    },
    next: {
      en: 'Run “VBoxManage list vms” in a terminal to see whether VirtualBox itself works, or use --host, --port and --user.',
      'zh-CN': '请在终端运行“VBoxManage list vms”确认 VirtualBox 是否正常，或使用 --host、--port 和 --user。',
    },
    inWindow: {
      next: {
        en: 'Run “VBoxManage list vms” in a terminal to see whether VirtualBox itself works, or add the VM as an SSH host.',
        'zh-CN': '请在终端运行“VBoxManage list vms”确认 VirtualBox 是否正常，或把虚拟机添加为 SSH 主机。',
      },
    },
  }),
  'vm-unknown': (f) => ({
    what: {
      en: `VirtualBox knows no machine “${f.wanted}”.`,
      'zh-CN': `VirtualBox 中没有名为“${f.wanted}”的虚拟机。`,
    },
    meaning: NOTHING_RAN,
    next:
      list(f.near) === ''
        ? {
            en: 'Run it without arguments to list the machines.',
            'zh-CN': '不带参数运行可以列出所有虚拟机。',
          }
        : {
            en: `Did you mean: ${list(f.near)}? Run it without arguments to list all machines.`,
            'zh-CN': `是否想找：${list(f.near)}？不带参数运行可以列出所有虚拟机。`,
          },
  }),
  'vm-ambiguous': (f) => ({
    what: {
      en: `More than one machine matches “${f.wanted}”: ${list(f.matches)}.`,
      'zh-CN': `有多台虚拟机与“${f.wanted}”匹配：${list(f.matches)}。`,
    },
    meaning: NOTHING_RAN,
    next: {
      en: 'Give the whole name, or the UUID.',
      'zh-CN': '请给出完整的名称或 UUID。',
    },
  }),
  'vm-not-running': (f) => ({
    what: {
      en: `The VM “${f.name}” is not running${` (${f.state})`}.`,
      'zh-CN': `虚拟机“${f.name}”没有运行${`（${f.state}）`}。`,
    },
    meaning: {
      en: 'Its network can be examined only while it runs.',
      'zh-CN': '只有在运行时才能检查它的网络。',
    },
    next: {
      en: 'Start it in VirtualBox, wait until it has booted, and run this again.',
      'zh-CN': '请在 VirtualBox 中启动它，等待启动完成后再次运行。',
    },
  }),
  'vm-inaccessible': (f) => ({
    what: {
      en: `VirtualBox cannot open the VM “${f.name}”${said(f.detail).en}.`,
      'zh-CN': `VirtualBox 无法打开虚拟机“${f.name}”${said(f.detail)['zh-CN']}。`,
    },
    meaning: {
      en: 'Its settings file is missing or damaged, so it can neither run nor be reached.',
      'zh-CN': '它的设置文件缺失或损坏，因此既不能运行也无法连接。',
    },
    next: {
      en: 'Open VirtualBox: it shows what is wrong with this machine.',
      'zh-CN': '请打开 VirtualBox，查看这台虚拟机的问题。',
    },
  }),
  'vm-no-forward': (f) => ({
    what: {
      en: `No port of this computer leads to the SSH port of the VM “${f.name}” (network adapters: ${list(f.nics) || 'none'}).`,
      'zh-CN': `本机没有任何端口通向虚拟机“${f.name}”的 SSH 端口（网卡：${list(f.nics) || '无'}）。`,
    },
    meaning: {
      en: 'Behind VirtualBox’s NAT a VM can be reached only through a port forward of an adapter whose cable is plugged in.',
      'zh-CN': '在 VirtualBox 的 NAT 之后，只能通过已连接网线的网卡上的端口转发访问虚拟机。',
    },
    next: wayIn(f),
    ...(hasNat(f) ? {} : { inWindow: { next: ADD_AS_HOST } }),
  }),
} satisfies Sayings<
  | 'vboxmanage-missing'
  | 'vboxmanage-failed'
  | 'vm-unknown'
  | 'vm-ambiguous'
  | 'vm-not-running'
  | 'vm-inaccessible'
  | 'vm-no-forward'
>;
