import type { Text } from '../text.ts';
import { lossText } from './loss.ts';
import { nothingCommonText } from './nothing-common.ts';
import { list, type Sayings, said } from './sayings.ts';

/** Where the connection was to go. */
function address({ host, port }: { host: string; port: number }): string {
  return `${host}:${port}`;
}

/** What came instead of SSH's greeting. */
function got(what: string): Text {
  switch (what) {
    case 'nothing':
      return { en: 'it says nothing', 'zh-CN': '没有任何应答' };
    case 'closed':
      return { en: 'it hangs up', 'zh-CN': '对方立即断开' };
    default:
      return { en: `it says “${what}”`, 'zh-CN': `对方应答“${what}”` };
  }
}

/** Ways in that are closed, and connections that end. */
export const CONNECT_SAYINGS = {
  'connect-refused': (f) => ({
    what: {
      en: `Nothing accepts connections at ${address(f)}.`,
      'zh-CN': `${address(f)} 没有接受连接。`,
    },
    meaning: {
      en: 'The VM is not running, its port forward is gone, or the port is wrong.',
      'zh-CN': '虚拟机没有运行、端口转发已不存在，或端口有误。',
    },
    next: {
      en: 'Check that the VM runs and that this port is forwarded to its port 22.',
      'zh-CN': '请确认虚拟机正在运行，并且该端口转发到它的 22 端口。',
    },
  }),
  'connect-timeout': (f) => ({
    what: {
      en: `${address(f)} did not answer in time.`,
      'zh-CN': `${address(f)} 没有及时响应。`,
    },
    meaning: {
      en: 'The VM is still booting, it hangs, its cable is unplugged in VirtualBox, or its own firewall drops SSH.',
      'zh-CN': '虚拟机仍在启动、已卡死、在 VirtualBox 中断开了网线，或其防火墙丢弃了 SSH。',
    },
    next: {
      en: 'Look at the VM’s console: does it show a login prompt? Then try again.',
      'zh-CN': '请查看虚拟机的控制台是否已出现登录提示，然后重试。',
    },
  }),
  'connect-not-ssh': (f) => ({
    what: {
      en: `Something at ${address(f)} took the connection, but it does not speak SSH (${got(f.got).en}).`,
      'zh-CN': `${address(f)} 接受了连接，但对方不是 SSH 服务（${got(f.got)['zh-CN']}）。`,
    },
    meaning: {
      en: 'NAT takes connections even when nothing listens in the VM: sshd is not running there, or the port leads elsewhere.',
      'zh-CN': '即使虚拟机中没有监听，NAT 也会接受连接：可能 sshd 没有运行，或该端口转发到了别处。',
    },
    next: {
      en: 'Start sshd in the VM (systemctl start ssh or sshd), or check where the port leads.',
      'zh-CN': '请在虚拟机中启动 sshd（systemctl start ssh 或 sshd），或检查该端口转发到哪里。',
    },
  }),
  'connect-failed': (f) => ({
    what: {
      en: `The connection to ${address(f)} failed${said(f.detail).en}.`,
      'zh-CN': `连接 ${address(f)} 失败${said(f.detail)['zh-CN']}。`,
    },
    meaning: {
      en: 'Culprit could not get in, so nothing was examined.',
      'zh-CN': 'Culprit 无法登录，因此没有检查任何内容。',
    },
    next: {
      en: 'Try the same with ssh in a terminal; what works there works here.',
      'zh-CN': '请在终端用 ssh 试一次；那里可行的方式这里也可行。',
    },
  }),
  'connect-nothing-common': (f) => nothingCommonText(f),
  'auth-failed': (f) => ({
    what: {
      en: `${address(f)} did not let “${f.user}” in${list(f.tried) === '' ? '' : ` (tried: ${list(f.tried)})`}.`,
      'zh-CN': `${address(f)} 拒绝了用户“${f.user}”登录${list(f.tried) === '' ? '' : `（尝试过：${list(f.tried)}）`}。`,
    },
    meaning: f.unused
      ? {
          en: `What it wants may be in “${f.unused.at}”: ${f.unused.detail.en}.`,
          'zh-CN': `对方需要的可能在“${f.unused.at}”中：${f.unused.detail['zh-CN']}。`,
        }
      : {
          en: 'The user name, the key or the password is not the right one for this machine.',
          'zh-CN': '用户名、密钥或密码与这台机器不符。',
        },
    next: {
      en: 'Give the right --user, and --identity with its key or --ask-password.',
      'zh-CN': '请用 --user 指定正确的用户，并用 --identity 指定密钥或使用 --ask-password。',
    },
    inWindow: {
      next: {
        en: 'Open the machine’s login settings, check the user name and the key, and try again.',
        'zh-CN': '请打开这台机器的登录设置，检查用户名和密钥，然后重试。',
      },
    },
  }),
  'auth-too-many': (f) => ({
    what: {
      en: `${address(f)} hung up: too many keys and passwords of “${f.user}” were not right (tried: ${list(f.tried)}).`,
      'zh-CN': `${address(f)} 断开了连接：“${f.user}”的密钥和密码错误次数过多（尝试过：${list(f.tried)}）。`,
    },
    meaning: {
      en: 'A server counts every key that the agent offers, and by default hangs up after six.',
      'zh-CN': '服务器会计入代理提供的每个密钥，默认六次后断开连接。',
    },
    next: {
      en: 'Name the right key with --identity, or with IdentityFile and “IdentitiesOnly yes” in ~/.ssh/config.',
      'zh-CN':
        '请用 --identity 指定正确的密钥，或在 ~/.ssh/config 中设置 IdentityFile 和“IdentitiesOnly yes”。',
    },
    inWindow: {
      next: {
        en: 'Choose the right key in the machine’s login settings, or set IdentityFile and “IdentitiesOnly yes” in ~/.ssh/config.',
        'zh-CN':
          '请在这台机器的登录设置中选择正确的密钥，或在 ~/.ssh/config 中设置 IdentityFile 和“IdentitiesOnly yes”。',
      },
    },
  }),
  'jump-failed': (f) => ({
    what: {
      en: `The jump host let Culprit in, but has no way on to ${address(f)}${said(f.detail).en}.`,
      'zh-CN': `跳板机允许登录，但无法从那里连接到 ${address(f)}${said(f.detail)['zh-CN']}。`,
    },
    meaning: {
      en: 'The machine is off, its port is wrong as seen from the jump host, or the jump host forbids forwarding.',
      'zh-CN': '机器没有运行、从跳板机看来端口有误，或跳板机禁止转发。',
    },
    next: {
      en: 'Try the same with “ssh -J” in a terminal; what works there works here.',
      'zh-CN': '请在终端用“ssh -J”试一次；那里可行的方式这里也可行。',
    },
  }),
  'key-needs-passphrase': (f) => ({
    what: {
      en: `The key “${f.file}” is protected by a passphrase.`,
      'zh-CN': `密钥“${f.file}”有口令保护。`,
    },
    meaning: {
      en: 'There is no terminal on which to ask for it.',
      'zh-CN': '没有可以询问口令的终端。',
    },
    next: {
      en: `Add it to the agent (ssh-add "${f.file}"), or run this in a terminal.`,
      'zh-CN': `请把它加入 SSH 代理（ssh-add "${f.file}"），或在终端中运行。`,
    },
    inWindow: {
      meaning: {
        en: 'Without its passphrase the key cannot be used.',
        'zh-CN': '没有口令就无法使用这个密钥。',
      },
      next: {
        en: 'Try again and give the passphrase, or choose another key in the machine’s login settings.',
        'zh-CN': '请重试并输入口令，或在这台机器的登录设置中选择其他密钥。',
      },
    },
  }),
  'passphrase-wrong': (f) => ({
    what: {
      en: `None of the passphrases opens the key “${f.file}”.`,
      'zh-CN': `输入的口令都无法打开密钥“${f.file}”。`,
    },
    meaning: {
      en: 'Culprit could not log in, so nothing was examined.',
      'zh-CN': 'Culprit 无法登录，因此没有检查任何内容。',
    },
    next: {
      en: `Try the key in a terminal (ssh-keygen -y -f "${f.file}"), or use another one.`,
      'zh-CN': `请在终端试一下这个密钥（ssh-keygen -y -f "${f.file}"），或使用其他密钥。`,
    },
  }),
  'host-key-changed': (f) => ({
    what: {
      en: `The host key of ${address(f)} is not the one seen before (then ${f.was}, now ${f.is}).`,
      'zh-CN': `${address(f)} 的主机密钥与之前不同（之前 ${f.was}，现在 ${f.is}）。`,
    },
    meaning: {
      en: 'Either the VM was reinstalled or rebuilt, or something else answers at this port. Nothing was sent to it.',
      'zh-CN': '要么虚拟机被重装或重建过，要么是别的程序在此端口应答。没有向它发送任何内容。',
    },
    next: {
      en: `If you rebuilt the VM, remove its line from ${f.file} and run this again.`,
      'zh-CN': `如果你重建过虚拟机，请从 ${f.file} 中删除对应的行，然后再次运行。`,
    },
    inWindow: {
      next: {
        en: 'If you rebuilt the VM, try again and accept its new key.',
        'zh-CN': '如果你重建过虚拟机，请重试并接受新的密钥。',
      },
    },
  }),
  'host-key-revoked': (f) => ({
    what: {
      en: `${address(f)} shows a host key that ${f.file} revokes (${f.is}).`,
      'zh-CN': `${address(f)} 出示的主机密钥已被 ${f.file} 吊销（${f.is}）。`,
    },
    meaning: {
      en: 'Somebody marked this key as stolen or unsafe. Nothing was sent to the machine.',
      'zh-CN': '有人把这个密钥标记为被盗或不安全。没有向这台机器发送任何内容。',
    },
    next: {
      en: 'Ask whoever revoked it; the machine needs a new host key before anybody can log in safely.',
      'zh-CN': '请询问吊销它的人；这台机器需要新的主机密钥，才能安全登录。',
    },
  }),
  'connection-lost': (f) => lossText(f),
  'no-session': (f) => ({
    what: {
      en: `The VM let Culprit in, but gave it no shell${said(f.detail).en}.`,
      'zh-CN': `虚拟机允许登录，但没有提供 shell${said(f.detail)['zh-CN']}。`,
    },
    meaning: {
      en: 'The account may have no login shell, or sshd is set to run something else or too few sessions.',
      'zh-CN': '该账户可能没有登录 shell，或 sshd 被设置为运行其他程序或会话数过少。',
    },
    next: {
      en: 'Try “ssh … true” in a terminal, or use another --user.',
      'zh-CN': '请在终端试一下“ssh … true”，或换一个 --user。',
    },
    inWindow: {
      next: {
        en: 'Try “ssh … true” in a terminal, or log in as another user.',
        'zh-CN': '请在终端试一下“ssh … true”，或换一个用户登录。',
      },
    },
  }),
  cancelled: () => ({
    what: { en: 'The run was cancelled.', 'zh-CN': '运行已取消。' },
    meaning: {
      en: 'What was learnt until then is kept. Nothing stays behind in the VM.',
      'zh-CN': '此前得到的信息已保留。虚拟机中没有残留。',
    },
    next: { en: 'Run it again whenever you like.', 'zh-CN': '可以随时重新运行。' },
  }),
} satisfies Sayings<
  | 'connect-refused'
  | 'connect-timeout'
  | 'connect-not-ssh'
  | 'connect-failed'
  | 'connect-nothing-common'
  | 'auth-failed'
  | 'auth-too-many'
  | 'jump-failed'
  | 'host-key-revoked'
  | 'key-needs-passphrase'
  | 'passphrase-wrong'
  | 'host-key-changed'
  | 'connection-lost'
  | 'no-session'
  | 'cancelled'
>;
