import type { Text } from '../text.ts';
import type { TroubleFacts } from '../trouble.ts';
import type { RefusedWhy } from '../trouble-why.ts';
import { list, NOTHING_RAN, type Sayings, said } from './sayings.ts';

/** How to get a way into a VM that has none: plug the cable in, add a forward, or use another kind of network. */
function wayIn({ command }: TroubleFacts['vm-no-forward']): Text {
  if (command === undefined) {
    return {
      en: 'No forward can be added to its adapters: reach it with --host, --port and --user.',
      'zh-CN': '它的网卡无法添加转发：请用 --host、--port 和 --user 连接。',
    };
  }
  if (command.includes(' setlinkstate')) return inWindow(command);
  return {
    en: `Add one while the VM runs (--add-forward does it): ${command}`,
    'zh-CN': `请在虚拟机运行时添加一个（--add-forward 会替你添加）：${command}`,
  };
}

/** How a VM that does not run is made to run. */
function start({ command }: TroubleFacts['vm-not-running']): Text {
  if (command === undefined)
    return {
      en: 'Wait until it runs, or start it in VirtualBox, and run this again.',
      'zh-CN': '请等它运行起来，或在 VirtualBox 中启动它，然后再次运行。',
    };
  return {
    en: `Start it, wait until it has booted, and run this again (--start does it): ${command}`,
    'zh-CN': `请启动它，等待启动完成后再次运行（--start 会替你完成）：${command}`,
  };
}

/** The same where a button does it, and no option has to be named. */
function inWindow(command: string): Text {
  return command.includes(' setlinkstate')
    ? { en: `Plug the cable in: ${command}`, 'zh-CN': `请接上网线：${command}` }
    : { en: `Add one while the VM runs: ${command}`, 'zh-CN': `请在虚拟机运行时添加一个：${command}` };
}

const ADD_AS_HOST: Text = {
  en: 'No forward can be added to its adapters: add it as an SSH host, with its own address.',
  'zh-CN': '它的网卡无法添加转发：请用它自己的地址添加为 SSH 主机。',
};

/** Reasons of VirtualBox's own for not starting a VM. */
const REFUSED: Record<RefusedWhy, { meaning: Text; next: Text }> = {
  driver: {
    meaning: {
      en: 'VirtualBox’s own driver is missing or not allowed; then no VM starts at all.',
      'zh-CN': 'VirtualBox 自身的驱动缺失或未获允许；这种情况下任何虚拟机都无法启动。',
    },
    next: {
      en: 'On a Mac, allow Oracle’s system software in System Settings > Privacy & Security and restart, or install VirtualBox anew (from 7.0 on it needs no kernel extension). On Linux, run /sbin/vboxconfig as root.',
      'zh-CN':
        '在 Mac 上，请在“系统设置 > 隐私与安全性”中允许 Oracle 的系统软件并重新启动，或重新安装 VirtualBox（7.0 起不再需要内核扩展）。在 Linux 上，请以 root 运行 /sbin/vboxconfig。',
    },
  },
  processor: {
    meaning: {
      en: 'The VM is made for another processor than this computer has.',
      'zh-CN': '该虚拟机面向的处理器与本机不同。',
    },
    next: {
      en: 'Set up a VM for this computer’s processor; this one cannot be converted.',
      'zh-CN': '请新建适用于本机处理器的虚拟机；此虚拟机无法转换。',
    },
  },
  'host-only': {
    meaning: {
      en: 'VirtualBox 7 has no host-only adapters on a Mac any more, and the VM has one.',
      'zh-CN': 'Mac 上的 VirtualBox 7 不再提供“仅主机”适配器，而该虚拟机使用了它。',
    },
    next: {
      en: 'Attach that adapter to a host-only network in the VM’s settings.',
      'zh-CN': '请在虚拟机设置中把该网卡改为“仅主机网络”。',
    },
  },
  vmnet: {
    meaning: {
      en: 'macOS did not let VirtualBox open the network that one of its adapters hangs on.',
      'zh-CN': 'macOS 没有允许 VirtualBox 打开其中一块网卡所连接的网络。',
    },
    next: {
      en: 'Update VirtualBox and macOS; until then attach that adapter to NAT.',
      'zh-CN': '请更新 VirtualBox 和 macOS；在此之前，请把该网卡改为 NAT。',
    },
  },
};

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
        en: 'Install VirtualBox, choose where VBoxManage is, or add the VM as an SSH host.',
        'zh-CN': '请安装 VirtualBox、选取 VBoxManage 的位置，或把虚拟机添加为 SSH 主机。',
      },
    },
  }),
  'vboxmanage-not-it': (f) => ({
    what: {
      en: `${f.path} is not VBoxManage${said(f.detail).en}.`,
      'zh-CN': `${f.path} 不是 VBoxManage${said(f.detail)['zh-CN']}。`,
    },
    meaning: {
      en: 'It was not taken: VBoxManage is looked for where it was before.',
      'zh-CN': '没有采用它：仍在原来的位置查找 VBoxManage。',
    },
    next: {
      en: 'Choose VirtualBox in the Applications folder, or the program VBoxManage itself.',
      'zh-CN': '请选择“应用程序”文件夹中的 VirtualBox，或 VBoxManage 程序本身。',
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
    next: start(f),
    inWindow: {
      next: {
        en: 'Start it, and wait until it has booted. Culprit notices by itself.',
        'zh-CN': '请启动它，等待启动完成。Culprit 会自动发现。',
      },
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
      en: 'Behind VirtualBox’s NAT a VM can be reached only through a port forward of an adapter whose cable is plugged in. At no address of another adapter did an SSH server answer.',
      'zh-CN':
        '在 VirtualBox 的 NAT 之后，只能通过已连接网线的网卡上的端口转发访问虚拟机。其他网卡的地址上也没有 SSH 服务器应答。',
    },
    next: wayIn(f),
    inWindow: {
      next: f.command === undefined ? ADD_AS_HOST : inWindow(f.command),
    },
  }),
  'vboxmanage-refused': (f) => ({
    what: {
      en: `VirtualBox did not do that to the VM “${f.name}”${said(f.detail).en}.`,
      'zh-CN': `VirtualBox 没有对虚拟机“${f.name}”执行该操作${said(f.detail)['zh-CN']}。`,
    },
    meaning: f.why
      ? REFUSED[f.why].meaning
      : {
          en: 'The VM is as it was.',
          'zh-CN': '虚拟机保持原样。',
        },
    next: f.why
      ? REFUSED[f.why].next
      : {
          en: `Try it in a terminal, where VirtualBox says more: ${f.command}`,
          'zh-CN': `请在终端中尝试，VirtualBox 会给出更多说明：${f.command}`,
        },
  }),
  'vm-changed': (f) => ({
    what: {
      en: `The VM “${f.name}” has changed meanwhile.`,
      'zh-CN': `虚拟机“${f.name}”在此期间发生了变化。`,
    },
    meaning: {
      en: 'What was offered no longer fits, so nothing was done.',
      'zh-CN': '之前提供的操作已不适用，因此没有执行任何操作。',
    },
    next: {
      en: 'Look at it again: what helps now is shown there.',
      'zh-CN': '请重新查看：现在可行的操作会显示在那里。',
    },
  }),
  'ssh-not-up': (f) => ({
    what: {
      en: `The VM “${f.name}” runs, and nothing answered as SSH at ${f.host}:${f.port} within ${f.seconds} seconds.`,
      'zh-CN': `虚拟机“${f.name}”正在运行，但 ${f.host}:${f.port} 在 ${f.seconds} 秒内没有 SSH 应答。`,
    },
    meaning: {
      en: 'It is still booting, or has no SSH server that runs.',
      'zh-CN': '它仍在启动，或没有正在运行的 SSH 服务器。',
    },
    next: {
      en: 'Wait a little and try again; if it stays so, look at its screen in VirtualBox.',
      'zh-CN': '请稍候再试；如果仍然如此，请在 VirtualBox 中查看它的屏幕。',
    },
  }),
} satisfies Sayings<
  | 'vboxmanage-missing'
  | 'vboxmanage-not-it'
  | 'vboxmanage-failed'
  | 'vm-unknown'
  | 'vm-ambiguous'
  | 'vm-not-running'
  | 'vm-inaccessible'
  | 'vm-no-forward'
  | 'vboxmanage-refused'
  | 'vm-changed'
  | 'ssh-not-up'
>;
