/** The languages Culprit speaks. Every sentence a person reads exists in each of them. */
export const LANGS = ['en', 'zh-CN'] as const;
export type Lang = (typeof LANGS)[number];

/** One sentence (or more) in every language: leaving one out does not compile. */
export type Text = Record<Lang, string>;

/** A `Text` of something that reads the same in every language: a command, a rule, a name. */
export function same(text: string): Text {
  return { en: text, 'zh-CN': text };
}

/** What stands between whole sentences, between clauses, and between what is counted up. */
export const SENTENCES: Text = { en: ' ', 'zh-CN': '' };
export const CLAUSES: Text = { en: '; ', 'zh-CN': '；' };
export const ITEMS: Text = { en: ', ', 'zh-CN': '，' };

/** Texts one after the other with `glue` between them; empty ones are left out. */
export function joined(parts: readonly Text[], glue: Text): Text {
  const inOrder = (lang: Lang) =>
    parts
      .map((part) => part[lang])
      .filter((part) => part !== '')
      .join(glue[lang]);
  return { en: inOrder('en'), 'zh-CN': inOrder('zh-CN') };
}

/** The same done to a text in every language: cut, made one line. */
export function inEach(text: Text, change: (words: string) => string): Text {
  return { en: change(text.en), 'zh-CN': change(text['zh-CN']) };
}
