import type { SecretKind } from '../../../shared/app-state.ts';
import type { Lang } from '../../../shared/text.ts';

interface SettingsPhrases {
  title: string;
  done: string;
  general: string;
  lang: string;
  system: string;
  reportLang: string;
  asWindow: string;
  theme: string;
  light: string;
  dark: string;
  terminal: string;
  dock: string;
  right: string;
  bottom: string;
  fontSize: string;
  smaller: string;
  larger: string;
  screenReader: string;
  screenReaderHint: string;
  secrets: string;
  secretsNone: string;
  secretsImpossible: string;
  secretsHint: string;
  secret: Record<SecretKind, string>;
  virtualbox: string;
  vboxUsual: string;
  vboxChoose: string;
  vboxForget: string;
  hostKeys: string;
  hostKeysNone: string;
  hostKeysHint: string;
  hostKey: string;
  forget: string;
  forgetWhich: (secret: string, machine: string) => string;
  version: (version: string) => string;
}

export const SETTINGS_PHRASES: Record<Lang, SettingsPhrases> = {
  en: {
    title: 'Settings',
    done: 'Done',
    general: 'General',
    lang: 'Language',
    system: 'System',
    reportLang: 'Language of reports',
    asWindow: 'As the window',
    theme: 'Appearance',
    light: 'Light',
    dark: 'Dark',
    terminal: 'Terminal',
    dock: 'Position',
    right: 'Right',
    bottom: 'Bottom',
    fontSize: 'Text size',
    smaller: 'Smaller',
    larger: 'Larger',
    screenReader: 'Screen reader mode',
    screenReaderHint: 'Lets VoiceOver read what the terminal prints. Slower with much output.',
    secrets: 'Remembered passwords',
    secretsNone: 'None. A password is remembered only when you tick the box while it is asked for.',
    secretsImpossible: 'There is no Keychain here, so nothing is remembered.',
    secretsHint: 'Sealed by the Keychain of this computer.',
    secret: { login: 'Login password', sudo: 'Password for sudo', passphrase: 'Key passphrase' },
    virtualbox: 'VirtualBox',
    vboxUsual: 'Looked for at its usual places',
    vboxChoose: 'Choose…',
    vboxForget: 'Look For It',
    hostKeys: 'Host keys',
    hostKeysNone: 'None yet. The key of a machine is remembered when you accept it for the first time.',
    hostKeysHint: 'A machine that shows another key is not logged in to before you say so.',
    hostKey: 'Host key',
    forget: 'Forget',
    forgetWhich: (secret, machine) => `Forget: ${secret}, ${machine}`,
    version: (version) => `Culprit ${version}`,
  },
  'zh-CN': {
    title: '设置',
    done: '完成',
    general: '通用',
    lang: '语言',
    system: '跟随系统',
    reportLang: '报告语言',
    asWindow: '与窗口相同',
    theme: '外观',
    light: '浅色',
    dark: '深色',
    terminal: '终端',
    dock: '位置',
    right: '右侧',
    bottom: '底部',
    fontSize: '文字大小',
    smaller: '缩小',
    larger: '放大',
    screenReader: '屏幕阅读器模式',
    screenReaderHint: '让“旁白”可以朗读终端输出。输出很多时会变慢。',
    secrets: '记住的密码',
    secretsNone: '没有。只有在询问密码时勾选“记住”，才会保存。',
    secretsImpossible: '此处没有钥匙串，因此不会记住任何密码。',
    secretsHint: '由本机的钥匙串加密保存。',
    secret: { login: '登录密码', sudo: 'sudo 密码', passphrase: '密钥口令' },
    virtualbox: 'VirtualBox',
    vboxUsual: '在常用位置查找',
    vboxChoose: '选取…',
    vboxForget: '自动查找',
    hostKeys: '主机密钥',
    hostKeysNone: '暂无。首次接受一台机器的密钥时，会将其记住。',
    hostKeysHint: '如果机器出示了不同的密钥，在你同意之前不会登录。',
    hostKey: '主机密钥',
    forget: '忘记',
    forgetWhich: (secret, machine) => `忘记：${secret}，${machine}`,
    version: (version) => `Culprit ${version}`,
  },
};
