import type { Text } from '../../../shared/text.ts';

/** What more than one probe has to say. */
export const NOT_INSTALLED: Text = { en: 'not installed', 'zh-CN': '未安装' };
export const NO_LEGACY_TABLES: Text = { en: 'no legacy tables', 'zh-CN': '没有 legacy 表' };
export const CUT_OFF: Text = { en: 'the list was cut off', 'zh-CN': '列表被截断' };
