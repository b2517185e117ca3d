/** The languages Culprit speaks. Every sentence a person reads exists in each of them. */
export const LANGS = ['en', 'zh-CN'] as const;
export type Lang = (typeof LANGS)[number];

/** One sentence (or more) in every language: leaving one out does not compile. */
export type Text = Record<Lang, string>;

/** A `Text` of something that reads the same in every language: a command, a rule, a name. */
export function same(text: string): Text {
  return { en: text, 'zh-CN': text };
}
