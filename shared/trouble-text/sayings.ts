import { inEach, same, type Text } from '../text.ts';
import type { Said, TroubleCode, TroubleFacts } from '../trouble.ts';

/** What a person reads about an expected failure. */
export interface Sentences {
  what: Text;
  /** What it means for them. */
  meaning: Text;
  /** What to do next. */
  next: Text;
  /** What reads otherwise in the window, where there are no options to type. */
  inWindow?: { meaning?: Text; next?: Text };
}

/**
 * The sentences of some codes, each made of its facts. Facts are plain and may come from a guest: whoever shows a
 * sentence makes it inert for the place where it is shown.
 */
export type Sayings<C extends TroubleCode> = { [K in C]: (facts: TroubleFacts[K]) => Sentences };

/** Items one after the other. */
export function list(items: readonly string[]): string {
  return items.join(', ');
}

/** The tool's own words, or ours, in brackets; or nothing. */
export function said(detail: Said | undefined): Text {
  const words = inEach(typeof detail === 'object' ? detail : same(detail ?? ''), (text) => text.trim());
  return words.en === '' ? words : { en: ` (${words.en})`, 'zh-CN': `（${words['zh-CN']}）` };
}

export const NOTHING_RAN: Text = {
  en: 'Nothing was run and nothing was changed.',
  'zh-CN': '没有执行任何操作，也没有改动任何东西。',
};
