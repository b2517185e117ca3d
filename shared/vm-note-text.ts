import type { Text } from './text.ts';
import { VERSION_FAULTS, type VmNote, type VmNoteCode, type VmNoteFacts } from './vm-note.ts';

/** A note as a person reads it: what is so, what to do, and where it is known from. */
export interface VmNoteText {
  what: Text;
  next: Text;
  source: string;
  /** Nothing is wrong: it is only good to know. */
  aside?: true;
  /** Where a newer VirtualBox is to be had, which has it no more. */
  update?: string;
}

const MANUAL = 'https://www.virtualbox.org/manual/topics/networkingdetails.html';
const DOWNLOADS = 'https://www.virtualbox.org/wiki/Downloads';
const issue = (number: number) => `https://github.com/VirtualBox/virtualbox/issues/${number}`;

const FAULTS: Record<keyof typeof VERSION_FAULTS, { what: Text; source: string }> = {
  'forwards-break-nat': {
    what: {
      en: 'With several port forwards NAT can stop working, SSH included',
      'zh-CN': '存在多个端口转发时，NAT（包括 SSH）可能停止工作',
    },
    source: issue(232),
  },
  'network-does-not-start': {
    what: {
      en: 'On a Mac, a VM on a NAT network does not start',
      'zh-CN': '在 Mac 上，使用 NAT 网络的虚拟机无法启动',
    },
    source: issue(140),
  },
};

const SAYINGS: { [C in VmNoteCode]: (facts: VmNoteFacts[C]) => VmNoteText } = {
  'port-taken': ({ port, by }) => ({
    what: {
      en: `Port ${port} of this computer is held by ${by.join(', ')}, not by VirtualBox: the forward on it leads there, or nowhere.`,
      'zh-CN': `本机端口 ${port} 被 ${by.join('、')} 占用，而不是 VirtualBox：该转发会通向那里，或者不起作用。`,
    },
    next: {
      en: 'Quit that program and start the VM again, or give the forward another port.',
      'zh-CN': '请退出该程序并重新启动虚拟机，或为转发更换端口。',
    },
    source: MANUAL,
  }),
  'port-shared': ({ port, other }) => ({
    what: {
      en: `The running VM “${other}” has a forward on port ${port}, too: only one of the two gets it.`,
      'zh-CN': `正在运行的虚拟机“${other}”也在端口 ${port} 上设置了转发：只有其中一台能使用它。`,
    },
    next: {
      en: 'Give one of them another port; until then whoever connects may be in the wrong VM.',
      'zh-CN': '请为其中一台更换端口；在此之前，连接可能会进入错误的虚拟机。',
    },
    source: MANUAL,
  }),
  'address-missing': ({ rule, address }) => ({
    what: {
      en: `The forward “${rule}” listens on ${address}, an address that this computer does not have now.`,
      'zh-CN': `转发“${rule}”监听 ${address}，而本机当前没有这个地址。`,
    },
    next: {
      en: 'Bind it to 127.0.0.1, which is always there.',
      'zh-CN': '请把它绑定到 127.0.0.1，该地址始终存在。',
    },
    source: MANUAL,
  }),
  'address-unreadable': ({ rule, address }) => ({
    what: {
      en: `The forward “${rule}” is bound to “${address}”, which is no IPv4 address: VirtualBox 7.1 and later then listen on every address, open to the whole network.`,
      'zh-CN': `转发“${rule}”绑定到“${address}”，这不是 IPv4 地址：VirtualBox 7.1 及更高版本会因此监听所有地址，对整个网络开放。`,
    },
    next: { en: 'Bind it to 127.0.0.1.', 'zh-CN': '请把它绑定到 127.0.0.1。' },
    source: MANUAL,
  }),
  'cable-out': ({ slot }) => ({
    what: {
      en: `The virtual cable of network adapter ${slot} is unplugged: nothing goes in or out through it.`,
      'zh-CN': `网卡 ${slot} 的虚拟网线没有连接：没有任何数据可以经过它。`,
    },
    next: {
      en: `Plug it in: “Cable Connected” in the VM’s settings, or setlinkstate${slot} on.`,
      'zh-CN': `请接上它：在虚拟机设置中勾选“接入网线”，或执行 setlinkstate${slot} on。`,
    },
    source: 'https://www.virtualbox.org/manual/topics/vboxmanage.html',
  }),
  'other-processor': ({ vm, here }) => ({
    what: {
      en: `The VM is made for ${vm} processors and this computer has ${here}: VirtualBox cannot run it here.`,
      'zh-CN': `该虚拟机面向 ${vm} 处理器，而本机是 ${here}：VirtualBox 无法在这里运行它。`,
    },
    next: {
      en: `Set up a VM for ${here}; disks and settings of another processor cannot be converted.`,
      'zh-CN': `请新建面向 ${here} 的虚拟机；其他处理器的磁盘和设置无法转换。`,
    },
    source: issue(442),
  }),
  'hostonly-adapter': ({ slot }) => ({
    what: {
      en: `Network adapter ${slot} is a host-only adapter, which VirtualBox 7 no longer has on a Mac: the VM does not start with it.`,
      'zh-CN': `网卡 ${slot} 是“仅主机”适配器，Mac 上的 VirtualBox 7 已不再支持：虚拟机会因此无法启动。`,
    },
    next: {
      en: 'Attach it to a host-only network instead, in the VM’s settings.',
      'zh-CN': '请在虚拟机设置中把它改为“仅主机网络”。',
    },
    source: 'https://github.com/hashicorp/vagrant/issues/12959',
  }),
  'host-hidden': ({ slot }) => ({
    what: {
      en: `Through adapter ${slot} the VM does not reach servers that listen on this computer’s 127.0.0.1 only (since VirtualBox 7.0, unless it is allowed).`,
      'zh-CN': `通过网卡 ${slot}，虚拟机无法访问只监听本机 127.0.0.1 的服务（自 VirtualBox 7.0 起，除非另行允许）。`,
    },
    next: {
      en: `If it is to reach them at 10.0.2.2, turn the VM off and set --nat-localhostreachable${slot} on.`,
      'zh-CN': `如果需要通过 10.0.2.2 访问，请关闭虚拟机并设置 --nat-localhostreachable${slot} on。`,
    },
    source: 'https://github.com/hashicorp/packer-plugin-virtualbox/issues/104',
    aside: true,
  }),
  'version-old': ({ version }) => ({
    what: {
      en: `VirtualBox ${version} is older than 6.1, the oldest that Culprit knows.`,
      'zh-CN': `VirtualBox ${version} 早于 6.1，而 6.1 是 Culprit 支持的最早版本。`,
    },
    next: {
      en: 'Update VirtualBox; until then what is said here may be wrong.',
      'zh-CN': '请更新 VirtualBox；在此之前，这里的说明可能不准确。',
    },
    source: 'https://www.virtualbox.org/wiki/Download_Old_Builds',
    update: DOWNLOADS,
  }),
  'version-fault': ({ version, fault }) => {
    const { what, source } = FAULTS[fault];
    const { fixed } = VERSION_FAULTS[fault];
    return {
      what: {
        en: `${what.en}: a known fault of VirtualBox ${version}.`,
        'zh-CN': `${what['zh-CN']}：这是 VirtualBox ${version} 的已知缺陷。`,
      },
      next: {
        en: `Update VirtualBox: from ${fixed} on it is said to be mended.`,
        'zh-CN': `请更新 VirtualBox：据称 ${fixed} 起已修复。`,
      },
      source,
      update: DOWNLOADS,
    };
  },
};

/** The sentences of a note. What comes from outside is in them as it is. */
export function vmNoteText(note: VmNote): VmNoteText {
  const say = SAYINGS[note.code] as (facts: VmNote['facts']) => VmNoteText;
  return say(note.facts);
}
