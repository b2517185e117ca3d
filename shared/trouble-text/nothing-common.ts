import type { Text } from '../text.ts';
import type { TroubleFacts } from '../trouble.ts';
import type { Sentences } from './sayings.ts';

type Facts = TroubleFacts['connect-nothing-common'];

const WHAT: Record<Facts['option'], Text> = {
  KexAlgorithms: { en: 'way to exchange keys', 'zh-CN': '密钥交换算法' },
  HostKeyAlgorithms: { en: 'kind of host key', 'zh-CN': '主机密钥类型' },
  Ciphers: { en: 'cipher', 'zh-CN': '加密算法' },
  MACs: { en: 'checksum (MAC)', 'zh-CN': '消息校验算法（MAC）' },
};

/** An SSH server that allows nothing of a kind that Culprit knows; ssh itself may know more. */
export function nothingCommonText({ host, port, option }: Facts): Sentences {
  const what = WHAT[option];
  const hostKey = option === 'HostKeyAlgorithms';
  return {
    what: {
      en: `${host}:${port} and Culprit have no ${what.en} in common.`,
      'zh-CN': `${host}:${port} 与 Culprit 没有共同支持的${what['zh-CN']}。`,
    },
    meaning: hostKey
      ? {
          en: 'The server may show nothing but a certificate, which Culprit cannot check. Nothing secret was sent.',
          'zh-CN': '服务器可能只出示证书，而 Culprit 无法验证证书。没有发送任何机密内容。',
        }
      : {
          en: 'Its sshd is set to allow others only, or is very old. Nothing secret was sent.',
          'zh-CN': '它的 sshd 被设置为只允许其他算法，或版本过旧。没有发送任何机密内容。',
        },
    next: {
      en: `Allow one more in the machine’s sshd_config (${option}${hostKey ? ', such as ssh-ed25519' : ''}), then try again.`,
      'zh-CN': `请在这台机器的 sshd_config 中多允许一种（${option}${hostKey ? '，例如 ssh-ed25519' : ''}），然后重试。`,
    },
  };
}
