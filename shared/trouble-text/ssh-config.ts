import { type Sayings, said } from './sayings.ts';

/** What is in the way in ssh's own configuration. */
export const SSH_CONFIG_SAYINGS = {
  'ssh-config-refused': (f) => ({
    what: {
      en: `ssh does not accept “${f.name}” or its own configuration${said(f.detail).en}.`,
      'zh-CN': `ssh 不接受“${f.name}”或其自身的配置${said(f.detail)['zh-CN']}。`,
    },
    meaning: {
      en: 'Culprit asks ssh how it would reach this host (ssh -G), so that it goes the same way. Nothing was connected.',
      'zh-CN': 'Culprit 会询问 ssh 如何到达这台主机（ssh -G），以便采用相同的方式。没有建立任何连接。',
    },
    next: {
      en: `Mend ~/.ssh/config until “ssh -G ${f.name}” prints settings, then try again.`,
      'zh-CN': `请修正 ~/.ssh/config，直到“ssh -G ${f.name}”能打印出设置，然后重试。`,
    },
  }),
  'ssh-config-unsupported': (f) =>
    f.option === 'ProxyCommand'
      ? {
          what: {
            en: `The ssh configuration reaches “${f.name}” through a ProxyCommand.`,
            'zh-CN': `ssh 配置通过 ProxyCommand 连接“${f.name}”。`,
          },
          meaning: {
            en: 'Culprit runs no programs of a configuration to connect; it goes through jump hosts (ProxyJump).',
            'zh-CN': 'Culprit 不会运行配置中的程序来建立连接；它支持跳板机（ProxyJump）。',
          },
          next: {
            en: 'Use ProxyJump for this host, or forward a local port to it (ssh -L) and give 127.0.0.1 and that port.',
            'zh-CN':
              '请为这台主机改用 ProxyJump，或用 ssh -L 把本机端口转发到它，然后填写 127.0.0.1 和该端口。',
          },
        }
      : {
          what: {
            en: `The jump hosts on the way to “${f.name}” lead in a circle, or there are too many.`,
            'zh-CN': `通往“${f.name}”的跳板机形成了循环，或数量过多。`,
          },
          meaning: {
            en: 'Culprit goes through seven jump hosts at most. Nothing was connected.',
            'zh-CN': 'Culprit 最多经过七台跳板机。没有建立任何连接。',
          },
          next: {
            en: 'Look at the ProxyJump lines of ~/.ssh/config for this host and its jump hosts.',
            'zh-CN': '请检查 ~/.ssh/config 中这台主机及其跳板机的 ProxyJump 行。',
          },
        },
} satisfies Sayings<'ssh-config-refused' | 'ssh-config-unsupported'>;
