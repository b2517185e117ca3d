import type { Text } from '../../shared/text.ts';

/** What PuTTY writes, where ssh2 can't read it: its version 3, and all but RSA in version 2. */
export const PUTTY_KEY: Text = {
  en: 'a PuTTY key: write it out for OpenSSH with “puttygen KEY -O private-openssh -o NEW”',
  'zh-CN': 'PuTTY 密钥：请用“puttygen KEY -O private-openssh -o NEW”转换为 OpenSSH 格式',
};
/** What ssh2 cannot decrypt. */
export const CHACHA_KEY: Text = {
  en: 'a key encrypted with ChaCha20, which Culprit can’t read: change that with “ssh-keygen -p -Z aes256-ctr -f KEY”',
  'zh-CN': '用 ChaCha20 加密的密钥，Culprit 无法读取：请用“ssh-keygen -p -Z aes256-ctr -f KEY”更换加密方式',
};
export const SECURITY_KEY: Text = {
  en: 'a key on a FIDO security key, which Culprit can’t use: it logs in with keys in files or in an agent, and with passwords',
  'zh-CN': 'FIDO 安全密钥上的密钥，Culprit 无法使用：它只能用文件或代理中的普通密钥和密码登录',
};
