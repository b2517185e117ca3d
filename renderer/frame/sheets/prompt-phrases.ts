import type { Lang } from '../../../shared/text.ts';

interface SecretPhrases {
  title: (machine: string) => string;
  why: (user: string, at: string) => string;
  label: string;
}

interface PromptPhrases {
  password: SecretPhrases;
  sudo: SecretPhrases;
  passphrase: SecretPhrases;
  answer: SecretPhrases;
  again: string;
  remember: string;
  notKept: string;
  onTheWay: string;
  logIn: string;
  unlock: string;
  continue: string;
  cancel: string;
  unknown: {
    title: (machine: string) => string;
    why: (host: string) => string;
    authority: string;
    check: string;
    keyType: string;
    fingerprint: string;
    trust: string;
    copyFingerprint: string;
    copyCommand: string;
  };
  changed: {
    title: (machine: string) => string;
    what: (host: string) => string;
    usual: string;
    otherwise: string;
    was: string;
    is: string;
    trust: string;
  };
  first: {
    title: (machine: string) => string;
    lead: string;
    readsTitle: string;
    reads: string;
    putsTitle: string;
    table: string;
    drops: string;
    endpoint: string;
    contactsTitle: string;
    contacts: string;
    stays: string;
    go: string;
  };
}

/** What main asks for, why, and for which machine. */
export const PROMPT_PHRASES: Record<Lang, PromptPhrases> = {
  en: {
    password: {
      title: (machine) => `Password for ${machine}`,
      why: (user, at) => `Culprit logs in over SSH, and ${at} asks for the password of “${user}”.`,
      label: 'Password',
    },
    sudo: {
      title: (machine) => `Administrator password for ${machine}`,
      why: (user) =>
        `Firewall rules can be read, and packets followed, only as root. “${user}” may use sudo there, with a password. Culprit gives it to sudo on that machine and to nobody else.`,
      label: 'Password for sudo',
    },
    passphrase: {
      title: (machine) => `Passphrase to log in to ${machine}`,
      why: (_user, at) => `The private key ${at} is locked with a passphrase.`,
      label: 'Passphrase',
    },
    answer: {
      title: (machine) => `${machine} asks a question`,
      why: (user, at) => `To let “${user}” in, ${at} asks, in its own words:`,
      label: 'Answer',
    },
    again: 'That was not right. Please try again.',
    remember: 'Remember in the Keychain',
    notKept: 'There is no Keychain here: it is used for this run only.',
    onTheWay: 'This is a host on the way: it is used for this login only.',
    logIn: 'Log In',
    unlock: 'Unlock',
    continue: 'Continue',
    cancel: 'Cancel',
    unknown: {
      title: (machine) => `Is this really ${machine}?`,
      why: (host) =>
        `Culprit logs in to ${host} for the first time and can’t know its host key. If you made this machine yourself and nobody else can answer in its place, it is the right one.`,
      authority:
        'Your known_hosts trusts a certificate authority for this host. Culprit can’t check certificates: it compares the key itself.',
      check: 'To be sure, compare the fingerprint with what this command prints on the machine:',
      keyType: 'Key',
      fingerprint: 'Fingerprint',
      trust: 'Trust This Key',
      copyFingerprint: 'Copy Fingerprint',
      copyCommand: 'Copy Command',
    },
    changed: {
      title: (machine) => `The host key of ${machine} has changed`,
      what: (host) => `Whoever answers at ${host} proves to be another machine than last time.`,
      usual:
        'The usual reason: the VM was rebuilt or reinstalled, or another VM has its port now. If you did that, the new key is right.',
      otherwise: 'If you did not, cancel: somebody could be reading along, your password included.',
      was: 'Known key',
      is: 'New key',
      trust: 'Trust the New Key',
    },
    first: {
      title: (machine) => `Before the first diagnosis of ${machine}`,
      lead: 'Culprit tells you once what it does to a machine.',
      readsTitle: 'It reads',
      reads:
        'Interfaces, routes, rules, settings of Docker and the firewall. Every command shows in the run log and in the report.',
      putsTitle: 'For some seconds it puts in',
      table:
        'A table in nftables named “culprit” that follows its own test packets only; on an older VM rules in iptables and a kernel logger instead or as well, with lines about these packets in the kernel log. The kernel, or a watchdog in the VM, takes them back when the connection ends.',
      drops:
        'If packets get lost without a rule, a kernel trace (a tracefs instance named “culprit-…”) that tells which packets the kernel drops. A small process there removes it.',
      endpoint: 'On a bridge where no container runs, a temporary network namespace to test from.',
      contactsTitle: 'It contacts',
      contacts: 'And the machine’s DNS servers, its gateway, and its own containers.',
      stays:
        'Nothing is installed or changed for good, and nothing stays: not even when you stop it, quit, or the connection breaks. Each run checks that.',
      go: 'Diagnose',
    },
  },
  'zh-CN': {
    password: {
      title: (machine) => `${machine} 的密码`,
      why: (user, at) => `Culprit 通过 SSH 登录，${at} 要求提供用户“${user}”的密码。`,
      label: '密码',
    },
    sudo: {
      title: (machine) => `${machine} 的管理员密码`,
      why: (user) =>
        `读取防火墙规则和跟踪数据包需要 root 权限。用户“${user}”在该机器上使用 sudo 时需要密码。Culprit 只会把密码交给该机器上的 sudo。`,
      label: 'sudo 密码',
    },
    passphrase: {
      title: (machine) => `登录 ${machine} 所需的密钥口令`,
      why: (_user, at) => `私钥 ${at} 设有口令保护。`,
      label: '密钥口令',
    },
    answer: {
      title: (machine) => `${machine} 提出了一个问题`,
      why: (user, at) => `为让用户“${user}”登录，${at} 询问（原文）：`,
      label: '回答',
    },
    again: '不正确，请重试。',
    remember: '记住并存入钥匙串',
    notKept: '此处没有钥匙串：仅用于本次诊断。',
    onTheWay: '这是途经的主机：仅用于本次登录。',
    logIn: '登录',
    unlock: '解锁',
    continue: '继续',
    cancel: '取消',
    unknown: {
      title: (machine) => `这真的是 ${machine} 吗？`,
      why: (host) =>
        `Culprit 首次登录 ${host}，无法得知它的主机密钥。如果这台机器是你自己创建的，并且没有其他机器能冒充它，那么就是正确的。`,
      authority: '你的 known_hosts 为这台主机信任一个证书颁发机构。Culprit 无法验证证书，只比较密钥本身。',
      check: '要确认，请将指纹与在该机器上运行下面命令的输出进行比较：',
      keyType: '密钥',
      fingerprint: '指纹',
      trust: '信任此密钥',
      copyFingerprint: '拷贝指纹',
      copyCommand: '拷贝命令',
    },
    changed: {
      title: (machine) => `${machine} 的主机密钥已改变`,
      what: (host) => `在 ${host} 应答的机器与上次不是同一台。`,
      usual:
        '常见原因：虚拟机被重建或重新安装，或者另一台虚拟机占用了它的端口。如果是你这样做的，新密钥就是正确的。',
      otherwise: '如果不是，请取消：可能有人在窃听，包括你的密码。',
      was: '已知密钥',
      is: '新密钥',
      trust: '信任新密钥',
    },
    first: {
      title: (machine) => `首次诊断 ${machine} 之前`,
      lead: 'Culprit 会说明一次它将对机器做什么。',
      readsTitle: '读取',
      reads: '网络接口、路由、规则，以及 Docker 和防火墙的设置。每条命令都会显示在运行日志和报告中。',
      putsTitle: '在几秒钟内放入',
      table:
        '名为“culprit”的 nftables 表，只跟踪它自己的测试数据包；在较旧的虚拟机上，则改用或另外加上 iptables 规则和一个内核日志记录器，内核日志中会出现关于这些数据包的记录。连接一结束，内核或虚拟机中的看门狗就会将其撤销。',
      drops:
        '如果数据包丢失而并非规则所致，则放入一个内核跟踪（名为“culprit-…”的 tracefs 实例），用于查看内核丢弃了哪些数据包。机器上的一个小进程会将其移除。',
      endpoint: '在没有容器运行的网桥上，放入一个用于测试的临时网络命名空间。',
      contactsTitle: '联系',
      contacts: '以及该机器的 DNS 服务器、网关和它自己的容器。',
      stays:
        '不会安装或永久更改任何内容，也不会留下任何痕迹：即使你中途停止、退出或连接中断也是如此。每次诊断都会核实这一点。',
      go: '诊断',
    },
  },
};
