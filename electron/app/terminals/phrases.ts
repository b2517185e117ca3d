import type { Lang } from '../../../shared/text.ts';

interface TerminalPhrases {
  skipped(chars: number): string;
}

/** What main itself says in a terminal. */
export const TERMINAL_PHRASES: Record<Lang, TerminalPhrases> = {
  en: { skipped: (chars) => `${chars.toLocaleString('en')} characters of output were skipped.` },
  'zh-CN': { skipped: (chars) => `已略过 ${chars.toLocaleString('zh-CN')} 个字符的输出。` },
};
