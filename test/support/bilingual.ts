import type { Text } from '../../shared/text.ts';

/** Three plain words in a row are a sentence; names, versions, flags and paths are the same in every language. */
const ENGLISH = /(?<![\w./:=*-])[A-Za-z]*[a-z]{2,}(?: [a-z]+){2,}(?![\w./:=*-])/;
const CHINESE = /\p{Script=Han}/u;

/** What is wrong with our own words in two languages; undefined when nothing is. */
export function untranslated({ en, 'zh-CN': zh }: Text): string | undefined {
  if (CHINESE.test(en)) return `Chinese in English: ${en}`;
  if (ENGLISH.test(zh)) return `English in Chinese: ${zh}`;
  return ENGLISH.test(en) && !CHINESE.test(zh) ? `not translated: ${en}` : undefined;
}
