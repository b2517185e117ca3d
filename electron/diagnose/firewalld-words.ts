import type { Text } from '../../shared/text.ts';

/** What `firewall-cmd --reload` does besides. */
export const RELOADS: Text = {
  en: 'Reloading firewalld drops what was set at run time only; Docker sets its own again.',
  'zh-CN': '重新加载 firewalld 会丢弃仅在运行时设置的内容；Docker 会重新设置自己的部分。',
};
