import type { Text } from '../text.ts';
import type { TroubleFacts } from '../trouble.ts';
import type { LossWhy } from '../trouble-why.ts';
import { type Sentences, said } from './sayings.ts';

type Loss = TroubleFacts['connection-lost'];

const KEPT: Text = {
  en: 'What was learnt until then is kept. The VM itself takes away, within seconds, whatever Culprit had running in it.',
  'zh-CN': '此前得到的信息已保留。虚拟机会在几秒内自行清除 Culprit 在其中运行的内容。',
};
const AGAIN: Text = {
  en: 'Check that the VM still runs, and run this again.',
  'zh-CN': '请确认虚拟机仍在运行，然后再次运行。',
};

/** What happened, for each way in which a connection can end, and what to do about it where there is more to say. */
const LOSSES: Record<LossWhy, (facts: Loss) => { what: Text; meaning?: Text; next?: Text }> = {
  closed: (f) => ({
    what: {
      en: `The VM closed the connection during the run${said(f.detail).en}: it shuts down or reboots, or its SSH server was stopped.`,
      'zh-CN': `运行期间虚拟机关闭了连接${said(f.detail)['zh-CN']}：它正在关机或重启，或 SSH 服务被停止。`,
    },
    next: {
      en: 'Wait until it has booted, and run this again.',
      'zh-CN': '请等待虚拟机启动完成，然后再次运行。',
    },
  }),
  reset: () => ({
    what: {
      en: 'The connection to the VM was reset during the run: the VM was reset, or what is between it and here, like VirtualBox’s NAT, no longer knew the connection.',
      'zh-CN':
        '运行期间与虚拟机的连接被重置：虚拟机被复位，或者途中的设备（如 VirtualBox 的 NAT）已不认识该连接。',
    },
  }),
  silent: () => ({
    what: {
      en: 'The VM stopped answering during the run: it is paused or hangs, or nothing from it gets through any more.',
      'zh-CN': '运行期间虚拟机停止响应：它被暂停或卡死，或者它的数据再也无法到达。',
    },
    next: {
      en: 'Look at the VM’s console: does it react? Then run this again.',
      'zh-CN': '请查看虚拟机的控制台是否有反应，然后再次运行。',
    },
  }),
  network: (f) => ({
    what: {
      en: `This computer’s own network went during the run${said(f.detail).en}, and the connection to the VM with it.`,
      'zh-CN': `运行期间本机自身的网络中断${said(f.detail)['zh-CN']}，与虚拟机的连接随之中断。`,
    },
    next: {
      en: 'Check this computer’s Wi-Fi, cable or VPN, and run this again.',
      'zh-CN': '请检查本机的 Wi-Fi、网线或 VPN，然后再次运行。',
    },
  }),
  jump: (f) => ({
    what: {
      en: `The connection to the jump host${said(f.detail).en} broke during the run, and with it the one to the VM behind it.`,
      'zh-CN': `运行期间与跳板主机${said(f.detail)['zh-CN']}的连接中断，其后虚拟机的连接也随之中断。`,
    },
    next: {
      en: 'Check that the jump host can be reached (“ssh …” to it in a terminal), and run this again.',
      'zh-CN': '请在终端用“ssh …”确认跳板主机可以到达，然后再次运行。',
    },
  }),
  shell: () => ({
    what: {
      en: 'The connection to the VM still stands, but something in the VM ended Culprit’s shell.',
      'zh-CN': '与虚拟机的连接仍在，但虚拟机中有什么结束了 Culprit 的 shell。',
    },
    next: {
      en: 'Look whether the VM ran out of memory (“dmesg | grep -i killed”) or shuts down, and run this again.',
      'zh-CN': '请检查虚拟机是否内存不足（“dmesg | grep -i killed”）或正在关机，然后再次运行。',
    },
  }),
  slept: (f) => ({
    what: {
      en: `This computer slept during the run (${f.seconds ?? 0} s), and the connection to the VM did not outlive that.`,
      'zh-CN': `运行期间本机进入了睡眠（${f.seconds ?? 0} 秒），与虚拟机的连接因此中断。`,
    },
    next: {
      en: 'Run this again. While a run goes on Culprit keeps this computer awake, but not with its lid closed.',
      'zh-CN': '请再次运行。运行期间 Culprit 会阻止本机自动睡眠，但合上盖子时除外。',
    },
  }),
  paused: (f) => ({
    what: {
      en: `The VM was paused during the run: VirtualBox says “${f.detail ?? 'paused'}”.`,
      'zh-CN': `运行期间虚拟机被暂停：VirtualBox 显示“${f.detail ?? 'paused'}”。`,
    },
    meaning: {
      en: 'What was learnt until then is kept. As soon as the VM goes on, it takes away by itself whatever Culprit had running in it.',
      'zh-CN': '此前得到的信息已保留。虚拟机一旦恢复，会自行清除 Culprit 在其中运行的内容。',
    },
    next: { en: 'Resume it, and run this again.', 'zh-CN': '请恢复虚拟机，然后再次运行。' },
  }),
  off: (f) => ({
    what: {
      en: `The VM went off during the run: VirtualBox says “${f.detail ?? 'poweroff'}”.`,
      'zh-CN': `运行期间虚拟机已停止：VirtualBox 显示“${f.detail ?? 'poweroff'}”。`,
    },
    meaning: {
      en: 'What was learnt until then is kept. Whatever Culprit had running in the VM ended with it.',
      'zh-CN': '此前得到的信息已保留。Culprit 在虚拟机中运行的内容已随之结束。',
    },
    next: { en: 'Start it, and run this again.', 'zh-CN': '请启动虚拟机，然后再次运行。' },
  }),
};

/** The sentences of a connection that was lost. */
export function lossText(facts: Loss): Sentences {
  const known = facts.why && LOSSES[facts.why](facts);
  return {
    what: known?.what ?? {
      en: `The connection to the VM broke during the run${said(facts.detail).en}.`,
      'zh-CN': `运行期间与虚拟机的连接中断${said(facts.detail)['zh-CN']}。`,
    },
    meaning: known?.meaning ?? KEPT,
    next: known?.next ?? AGAIN,
  };
}
