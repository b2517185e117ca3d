import type { Lang, Text } from './text.ts';

/** What stands in a guest's facts where there is no version to give. */
const WORDS: Record<string, Text> = {
  running: { en: 'running', 'zh-CN': '运行中' },
  'not running': { en: 'not running', 'zh-CN': '未运行' },
};

/** A fact of a guest as a person reads it: versions as they are, the few words among them in their language. */
export function guestFactText(value: string, lang: Lang): string {
  return Object.hasOwn(WORDS, value) ? (WORDS[value]?.[lang] ?? value) : value;
}
